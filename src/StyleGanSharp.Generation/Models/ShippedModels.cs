namespace StyleGanSharp.Generation.Models;

/// <summary>The models of this project itself (models/), which lie beside the program.</summary>
public static class ShippedModels
{
    /// <summary>The model used where none is named.</summary>
    public const string Default = "people";

    /// <summary>The file of a model; null: there is none of that name.</summary>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string path = Path.Combine(AppContext.BaseDirectory, "models", name, $"{name}.safetensors");
        return name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) && File.Exists(path) ? path : null;
    }
}
