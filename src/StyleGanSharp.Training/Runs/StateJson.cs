using System.Text.Json.Serialization;

namespace StyleGanSharp.Training.Runs;

/// <summary>How the counters of a run are written: strictly, and without loss.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RunProgress))]
internal sealed partial class StateJson : JsonSerializerContext;
