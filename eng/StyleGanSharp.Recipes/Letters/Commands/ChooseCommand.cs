using System.CommandLine;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Letters.Evaluations;

namespace StyleGanSharp.Recipes.Letters.Commands;

/// <summary><c>recipes letters choose</c>: the best of the newest snapshots of a run.</summary>
internal static class ChooseCommand
{
    private const string Snapshots = "network-snapshot-*.safetensors";

    internal static Command Create(TextWriter results, TextWriter messages)
    {
        Option<string> run = CommandOptions.File("--run", "Folder of a training run.", "DIR");
        Option<string> data = CommandOptions.File("--data", "Data set of the real letters.");
        Option<string> classifier = CommandOptions.File("--classifier", "Classifier of 'train-classifier'.");
        Option<int> newest = CommandOptions.Number("--newest", "Snapshots to compare.", 5, 1, 10_000);
        var command = new Command("choose", "Print the path of the newest snapshots' one that is nearest to the real letters.")
        {
            run, data, classifier, newest,
        };
        command.SetAction(parsed =>
        {
            // Numbers in the names have leading zeros: the order of names is that of time.
            string folder = parsed.GetValue(run)!;
            string[] paths =
                [.. Directory.EnumerateFiles(folder, Snapshots).Order(StringComparer.Ordinal).TakeLast(parsed.GetValue(newest))];
            if (paths.Length == 0)
            {
                throw new RecipeException($"{folder} has no {Snapshots}: train first, at least until the first snapshot.");
            }

            using Instruments instruments = Instruments.Open(parsed.GetValue(classifier)!, parsed.GetValue(data)!);
            results.WriteLine(paths.MinBy(path =>
            {
                using LetterMaker maker = LetterMaker.Open(path, instruments.Classifier.Options);
                double distance = instruments.Evaluator.Frechet(maker);
                messages.WriteLine($"{distance,10:0.000}  {path}");
                return distance;
            }));
        });
        return command;
    }
}
