namespace StyleGanSharp.Cli.Downloads;

/// <summary>The models of this project itself (models/), which lie beside the program.</summary>
internal static class OwnModels
{
    /// <summary>What is used where no network is named.</summary>
    internal const string Default = "letters";

    /// <summary>The file of a model; null: there is none of that name.</summary>
    internal static string? Find(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "models", name, $"{name}.safetensors");
        return name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) && File.Exists(path) ? path : null;
    }
}
