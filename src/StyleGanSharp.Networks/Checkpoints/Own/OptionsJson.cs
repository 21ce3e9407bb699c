using System.Text.Json.Serialization;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>The options records as JSON, strict: unknown keys are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StyleGan1.GeneratorOptions), TypeInfoPropertyName = "StyleGan1Generator")]
[JsonSerializable(typeof(StyleGan2.GeneratorOptions), TypeInfoPropertyName = "StyleGan2Generator")]
[JsonSerializable(typeof(StyleGan3.GeneratorOptions), TypeInfoPropertyName = "StyleGan3Generator")]
[JsonSerializable(typeof(ProGan.GeneratorOptions), TypeInfoPropertyName = "ProGanGenerator")]
internal sealed partial class OptionsJson : JsonSerializerContext;
