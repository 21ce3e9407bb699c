namespace StyleGanSharp.Cli.Generation;

/// <summary>Names of the picture formats.</summary>
internal static class PictureFormats
{
    /// <summary>File extension, also the name on the command line.</summary>
    internal static string Extension(this PictureFormat format) => format.ToString().ToLowerInvariant();

    // JPEG, .png: names as people have them before their eyes.
    private static string Usual(string text) => text.ToLowerInvariant().TrimStart('.') is var name && name == "jpeg" ? "jpg" : name;

    /// <exception cref="UserException">There is no format of that name.</exception>
    internal static PictureFormat Parse(string text) =>
        Enum.GetValues<PictureFormat>().Where(f => f.Extension() == Usual(text)).Cast<PictureFormat?>().FirstOrDefault()
        ?? throw new UserException($"--format '{text}' is unknown; there are {string.Join(", ", Enum.GetValues<PictureFormat>().Select(Extension))}.");
}
