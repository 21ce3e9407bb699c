using System.Text.Json;

namespace StyleGanSharp.Training.Options;

/// <summary>Options as the user sees them and as options.json holds them.</summary>
public static class OptionsText
{
    /// <summary>Indented JSON.</summary>
    public static string Of(TrainingOptions options) => JsonSerializer.Serialize(options, OptionsJson.Default.TrainingOptions);
}
