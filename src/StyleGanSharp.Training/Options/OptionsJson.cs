using System.Text.Json.Serialization;

namespace StyleGanSharp.Training.Options;

/// <summary>How options are written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TrainingOptions))]
[JsonSerializable(typeof(Networks.StyleGan2.GeneratorOptions), TypeInfoPropertyName = "StyleGan2Generator")]
[JsonSerializable(typeof(Networks.StyleGan3.GeneratorOptions), TypeInfoPropertyName = "StyleGan3Generator")]
[JsonSerializable(typeof(Networks.ProGan.GeneratorOptions), TypeInfoPropertyName = "ProGanGenerator")]
[JsonSerializable(typeof(Networks.StyleGan1.GeneratorOptions), TypeInfoPropertyName = "StyleGan1Generator")]
[JsonSerializable(typeof(Networks.StyleGan2.DiscriminatorOptions), TypeInfoPropertyName = "StyleGan2Discriminator")]
[JsonSerializable(typeof(Networks.ProGan.DiscriminatorOptions), TypeInfoPropertyName = "ProGanDiscriminator")]
[JsonSerializable(typeof(Networks.StyleGan1.DiscriminatorOptions), TypeInfoPropertyName = "StyleGan1Discriminator")]
internal sealed partial class OptionsJson : JsonSerializerContext;
