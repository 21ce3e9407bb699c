using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StyleGanSharp.Benchmarking.Generators;
using StyleGanSharp.Cli.Benchmarks.Generators;
using StyleGanSharp.Cli.Benchmarks.Loading;
using StyleGanSharp.Cli.Benchmarks.Operators;
using StyleGanSharp.Cli.Benchmarks.Starting;
using StyleGanSharp.Cli.Benchmarks.Training;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>The <c>--json</c> forms of all measurements; the keys are listed in docs/json.md.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(GeneratorRow))]
[JsonSerializable(typeof(LoaderReport))]
[JsonSerializable(typeof(OperatorReport))]
[JsonSerializable(typeof(StartReport))]
[JsonSerializable(typeof(TrainingReport))]
internal sealed partial class BenchJson : JsonSerializerContext
{
    // Not an initialiser: the generated part is initialised at a time of its own.
    private static BenchJson? readable;

    /// <summary>Names of processors and networks as they are.</summary>
    internal static BenchJson Readable =>
        readable ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Writes a report.</summary>
    internal static void Write<T>(TextWriter output, T report, JsonTypeInfo<T> type) =>
        output.WriteLine(JsonSerializer.Serialize(report, type));
}
