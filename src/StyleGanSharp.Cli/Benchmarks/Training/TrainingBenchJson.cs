using System.Text.Json.Serialization;

namespace StyleGanSharp.Cli.Benchmarks.Training;

/// <summary>How rows are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TrainingRow[]))]
internal sealed partial class TrainingBenchJson : JsonSerializerContext;
