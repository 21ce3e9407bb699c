using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Faces;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Faces.Commands;

/// <summary><c>recipes faces evaluate</c>: how well the face networks read rendered portraits, as JSON.</summary>
internal static class EvaluateFacesCommand
{
    private const int Interval = 200;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static Command Create(TextWriter results, TextWriter messages)
    {
        Option<string> portraits = CommandOptions.File(
            "--portraits", "Folder with labels and landmarks of the rendered portraits.", "DIR");
        Option<string> data = CommandOptions.File("--data", "Data set of all rendered portraits, in their order.");
        Option<string> networks = CommandOptions.File("--networks", "Folder of the face networks.", "DIR");
        Option<int> count = CommandOptions.Number("--num", "Portraits, evenly spread over all.", 1000, 2, 1_000_000);
        Option<int> size = CommandOptions.Number(
            "--size", "Side of the detector's input.", new FaceOptions().InputSize, 64, 2048);
        var search = new Option<FaceSearch>(
            "--search")
        { Description = "How hard to search.", DefaultValueFactory = _ => FaceSearch.Adaptive };
        var library = new Option<bool>("--library") { Description = "Place boxes and landmarks as face-api does." };
        var command = new Command(
            "evaluate", "Measure how well faces and landmarks of rendered portraits are found; prints JSON.")
        {
            data, portraits, networks, count, size, search, library,
        };
        command.SetAction(parsed =>
        {
            using ImageDataset dataset = ImageDataset.Open(parsed.GetValue(data)!);
            using FaceAnalyzer analyzer = FaceAnalyzer.Open(parsed.GetValue(networks)!, Device.Cpu);
            var options = new FaceOptions
            {
                InputSize = parsed.GetValue(size),
                Search = parsed.GetValue(search),
                Geometry = parsed.GetValue(library) ? FaceGeometry.Library : FaceGeometry.Exact,
            };
            if (options.Problem() is string problem)
            {
                throw new RecipeException($"The options are invalid: {problem}.");
            }

            FaceEvaluation evaluation = FaceEvaluator.Evaluate(
                analyzer, dataset, parsed.GetValue(portraits)!, parsed.GetValue(count), options, done =>
                {
                    if (done % Interval == 0)
                    {
                        messages.WriteLine($"{done} portraits ...");
                    }
                });
            results.WriteLine(JsonSerializer.Serialize(evaluation, Layout));
        });
        return command;
    }
}
