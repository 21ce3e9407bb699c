using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Images;

/// <summary>How images are written.</summary>
public enum OutputFormat
{
    /// <summary>Lossless; carries the request.</summary>
    Png,

    /// <summary>Quality 95.</summary>
    Jpg,

    /// <summary>Quality 95; carries the request.</summary>
    WebP,

    /// <summary>The network's output itself, float32 [1, C, H, W].</summary>
    Npy,
}

/// <summary>Names of the output formats.</summary>
public static class OutputFormats
{
    /// <summary>File extension, also the name on the command line.</summary>
    public static string Extension(this OutputFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The format of a name: an extension in any spelling.</summary>
    /// <exception cref="RequestException">There is no format of that name.</exception>
    public static OutputFormat Parse(string text, string property)
    {
        ArgumentNullException.ThrowIfNull(text);
        string name = text.TrimStart('.').ToLowerInvariant();
        name = name == "jpeg" ? "jpg" : name;
        return Enum.GetValues<OutputFormat>().Where(f => f.Extension() == name).Cast<OutputFormat?>().FirstOrDefault()
            ?? throw new RequestException(
                property, text, $"expected {string.Join(", ", Enum.GetValues<OutputFormat>().Select(Extension))}");
    }
}
