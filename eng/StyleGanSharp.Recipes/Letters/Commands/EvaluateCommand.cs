using System.CommandLine;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Letters.Evaluations;

namespace StyleGanSharp.Recipes.Letters.Commands;

/// <summary><c>recipes letters evaluate</c>: how good the letters of a network are.</summary>
internal static class EvaluateCommand
{
    internal static Command Create(TextWriter results, TextWriter messages)
    {
        Option<string> network = CommandOptions.File("--network", "Network to measure.");
        Option<string> data = CommandOptions.File("--data", "Data set of the real letters.");
        Option<string> classifier = CommandOptions.File("--classifier", "Classifier of 'train-classifier'.");
        Option<int> perClass = CommandOptions.Number(
            "--per-class", "Letters of each class, for recognition and variety.", 100, 2, 10_000);
        var json = new Option<bool>("--json") { Description = "Print one JSON object instead of a table." };
        var command = new Command("evaluate", "Measure recognition, variety and distance to the real letters.")
        {
            network, data, classifier, perClass, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(network)!;
            using Instruments instruments = Instruments.Open(parsed.GetValue(classifier)!, parsed.GetValue(data)!);
            using LetterMaker maker = LetterMaker.Open(path, instruments.Classifier.Options);
            messages.WriteLine($"Measuring {path} ...");
            LetterEvaluation evaluation = instruments.Evaluator.Evaluate(
                Path.GetFileName(path), maker, parsed.GetValue(perClass));
            if (parsed.GetValue(json))
            {
                EvaluationReport.WriteJson(results, evaluation);
            }
            else
            {
                EvaluationReport.WriteTable(results, evaluation);
            }
        });
        return command;
    }
}
