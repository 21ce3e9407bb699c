using System.Text.Json.Serialization;

namespace StyleGanSharp.Training.Options;

/// <summary>How options are written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TrainingOptions))]
[JsonSerializable(typeof(Networks.StyleGan2.GeneratorOptions), TypeInfoPropertyName = "StyleGan2Generator")]
[JsonSerializable(typeof(Networks.StyleGan3.GeneratorOptions), TypeInfoPropertyName = "StyleGan3Generator")]
internal sealed partial class OptionsJson : JsonSerializerContext;
