using System.CommandLine;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Letters.Evaluations;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Letters.Commands;

/// <summary><c>recipes letters grid</c>: every class of a network as a column, one seed a row.</summary>
internal static class GridCommand
{
    private const double Psi = 0.7;

    internal static Command Create()
    {
        Option<string> network = CommandOptions.File("--network", "Conditional network.");
        Option<string> target = CommandOptions.File("--out", "The image.");
        Option<int> rows = CommandOptions.Number("--rows", "Seeds from 0; all classes of a row share one.", 8, 1, 64);
        var command = new Command("grid", "Draw all classes side by side, psi 0.7.") { network, target, rows };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(network)!;
            IGenerator generator = GeneratorFile.Open(path).Load();
            int classes = generator.CDim;
            using var maker = new LetterMaker(generator);
            if (classes == 0 || generator.WAvg is null)
            {
                throw new RecipeException($"{path} has no classes, or cannot be truncated: name a conditional network.");
            }

            ImageFile.Write(parsed.GetValue(target)!, Draw(maker, classes, parsed.GetValue(rows)));
        });
        return command;
    }

    /// <summary>The image: one column a class, one row a seed.</summary>
    internal static ImageBuffer Draw(LetterMaker maker, int classes, int rows)
    {
        int[] columns = [.. Enumerable.Range(0, classes)];
        var cells = new List<ImageBuffer>();
        for (uint seed = 0; seed < rows; seed++)
        {
            using var scope = new TensorScope();
            foreach (Tensor picture in maker.Pixels([.. columns.Select(_ => seed)], columns, Psi).Unbind(0))
            {
                (int channels, int height, int width) = ((int)picture.Size(0), (int)picture.Size(1), (int)picture.Size(2));
                cells.Add(ImageBuffer.FromPlanar(width, height, channels, picture.ToBytes()));
            }
        }

        return ImageGrid.Compose(cells, classes, rows);
    }
}
