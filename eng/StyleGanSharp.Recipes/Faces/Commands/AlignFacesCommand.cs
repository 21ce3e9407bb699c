using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Faces;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Faces.Commands;

/// <summary><c>recipes faces align</c>: how well turned, scaled and padded portraits are aligned, as JSON.</summary>
internal static class AlignFacesCommand
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static Command Create(TextWriter results)
    {
        Option<string> portraits = CommandOptions.File(
            "--portraits", "Folder with labels and landmarks of the rendered portraits.", "DIR");
        Option<string> data = CommandOptions.File("--data", "Data set of all rendered portraits, in their order.");
        Option<string> networks = CommandOptions.File("--networks", "Folder of the face networks.", "DIR");
        Option<int> count = CommandOptions.Number("--num", "Portraits, evenly spread over all.", 200, 2, 1_000_000);
        Option<int> seed = CommandOptions.Number("--seed", "Of turns, scales, places and colours.", 0, 0, int.MaxValue);
        var search = new Option<FaceSearch>("--search")
        {
            Description = "How hard to search.",
            DefaultValueFactory = _ => FaceSearch.Adaptive,
        };
        var command = new Command(
            "align", "Measure how well rendered portraits, turned by at most 30 degrees, are aligned; prints JSON.")
        {
            data, portraits, networks, count, seed, search,
        };
        command.SetAction(parsed =>
        {
            using ImageDataset dataset = ImageDataset.Open(parsed.GetValue(data)!);
            using FaceAnalyzer analyzer = FaceAnalyzer.Open(parsed.GetValue(networks)!, Device.Cpu);
            AlignmentEvaluation evaluation = AlignmentEvaluator.Evaluate(
                analyzer, dataset, parsed.GetValue(portraits)!, parsed.GetValue(count), parsed.GetValue(seed),
                new FaceOptions { Search = parsed.GetValue(search) });
            results.WriteLine(JsonSerializer.Serialize(evaluation, Layout));
        });
        return command;
    }
}
