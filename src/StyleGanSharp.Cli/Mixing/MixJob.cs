using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Mixing;

/// <summary>Makes the pictures of one <c>stylegan mix</c>.</summary>
internal static class MixJob
{
    private const int DefaultLastLayer = 6;

    internal static void Run(MixOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        using PictureMaker maker = PictureMaker.Open(options.Pictures, findDevice, output, cancel);
        if (maker.Generator.NumWs < 2)
        {
            throw new UserException("The network has one latent for all its layers, so there are no styles to mix.");
        }

        using var scope = new TensorScope();
        if (options.Parts.Count > 0)
        {
            RunMixture(options, maker, output, cancel);
        }
        else
        {
            RunTable(options, maker, output, cancel);
        }

        output.Say($"The pictures are in {options.OutDir}.");
    }

    private static void RunTable(MixOptions options, PictureMaker maker, CommandOutput output, CancellationToken cancel)
    {
        (uint[] rows, uint[] columns) = (options.Rows!, options.Columns!);
        IReadOnlyCollection<int> layers = options.Styles is string styles
            ? LayerSet.Parse("--styles", styles, maker.Generator.NumWs)
            : [.. Enumerable.Range(0, Math.Min(DefaultLastLayer + 1, maker.Generator.NumWs))];
        var grid = new GridSize(columns.Length + 1, rows.Length + 1);
        grid.RequireFits("A table", maker.Generator.Width, maker.Generator.Height);
        using PictureMaker? other = options.ColumnNetwork is string network ? OpenColumns(options, network, maker, output, cancel) : null;
        PictureMaker columnMaker = other ?? maker;
        PictureWriter.Prepare(options.OutDir, needsImages: true);
        maker.SayNotice(output);

        var rowWs = rows.Distinct().ToDictionary(seed => seed, maker.Ws);
        var columnWs = columns.Distinct().ToDictionary(seed => seed, columnMaker.Ws);
        ImageBuffer? top = null;
        var cells = new List<ImageBuffer>();
        ProgressLine.Run(output, "Mixing", "images", columns.Length + (rows.Length * (columns.Length + 1L)), done =>
        {
            ImageBuffer Make(PictureMaker from, Tensor latent, uint number)
            {
                cancel.ThrowIfCancellationRequested();
                ImageBuffer picture = from.Picture(latent, number);
                done(1);
                return picture;
            }

            foreach (uint column in columns)
            {
                cells.Add(Make(columnMaker, columnWs[column], column));
            }

            foreach (uint row in rows)
            {
                cells.Add(Make(maker, rowWs[row], row));
                foreach (uint column in columns)
                {
                    using var cell = new TensorScope();
                    cells.Add(Make(maker, StyleMixing.Mix(rowWs[row], columnWs[column], layers), row));
                    Save(options, $"{row}-{column}", cells[^1]);
                }
            }

            top = Black(cells[0]);
        });
        Save(options, "grid", ImageGrid.Compose([top!, .. cells], grid.Columns, grid.Rows));
    }

    private static PictureMaker OpenColumns(MixOptions options, string network, PictureMaker rows, CommandOutput output, CancellationToken cancel)
    {
        PictureMaker columns = PictureMaker.Open(options.Pictures with { Network = network, NetworkOption = "--col-network" }, () => rows.Device, output, cancel);
        (IGenerator own, IGenerator their) = (rows.Generator, columns.Generator);
        string? problem = own.NumWs != their.NumWs ? $"it has {their.NumWs} layers with styles, {options.Pictures.Network} has {own.NumWs}"
            : own.WDim != their.WDim ? $"its styles have {their.WDim} numbers, those of {options.Pictures.Network} {own.WDim}"
            : (own.Width, own.Height, own.ImageChannels) != (their.Width, their.Height, their.ImageChannels)
                ? $"its pictures have {Size(their)}, those of {options.Pictures.Network} {Size(own)}"
            : null;
        if (problem is not null)
        {
            columns.Dispose();
            throw new UserException($"--col-network {network} does not fit: {problem}.");
        }

        return columns;
    }

    private static string Size(IGenerator generator) => $"{generator.Width}x{generator.Height} pixels with {generator.ImageChannels} channels";

    private static void RunMixture(MixOptions options, PictureMaker maker, CommandOutput output, CancellationToken cancel)
    {
        // All layers are read before the folder is made: nothing is left behind by a mistake.
        int numWs = maker.Generator.NumWs;
        var sources = options.Parts.Select(part => (
            Number: part.Seed ?? 0,
            Ws: part.Seed is uint seed ? maker.Ws(seed) : FromFile(part.File!, maker),
            Layers: part.Layers is string layers ? LayerSet.Parse("--mix", layers, numWs) : null)).ToArray();
        new GridSize(sources.Length + 1, 1).RequireFits("A mixture", maker.Generator.Width, maker.Generator.Height);
        PictureWriter.Prepare(options.OutDir, needsImages: true);
        if (options.Parts.Any(p => p.Seed is not null))
        {
            maker.SayNotice(output);
        }

        Tensor mixed = sources[0].Ws;
        foreach ((uint _, Tensor ws, SortedSet<int>? layers) in sources[1..])
        {
            mixed = StyleMixing.Mix(mixed, ws, layers!);
        }

        var pictures = new List<ImageBuffer>();
        foreach (Tensor ws in sources.Select(s => s.Ws).Append(mixed))
        {
            cancel.ThrowIfCancellationRequested();
            pictures.Add(maker.Picture(ws, pictures.Count < sources.Length ? sources[pictures.Count].Number : sources[0].Number));
        }

        Save(options, "mix", pictures[^1]);
        Save(options, "grid", ImageGrid.Compose(pictures, pictures.Count, 1));
    }

    // Projected latents are taken as they are, like those of generate: truncated where that is asked for.
    private static Tensor FromFile(string path, PictureMaker maker)
    {
        using LatentFileSource file = LatentFileSource.OpenW(path, maker.Generator);
        return maker.Truncate(file.Ws(maker.Generator, 0, null, maker.Device));
    }

    private static ImageBuffer Black(ImageBuffer like)
    {
        var black = new ImageBuffer(like.Width, like.Height, like.Channels);
        if (like.Channels == 4)
        {
            for (int i = 3; i < black.Pixels.Length; i += 4)
            {
                black.Pixels[i] = byte.MaxValue;
            }
        }

        return black;
    }

    private static void Save(MixOptions options, string name, ImageBuffer picture) =>
        ImageFile.Write(Path.Combine(options.OutDir, $"{name}.png"), picture);
}
