namespace StyleGanSharp.Cli.Generation;

/// <summary>Names of the picture formats.</summary>
internal static class PictureFormats
{
    /// <summary>File extension, also the name on the command line.</summary>
    internal static string Extension(this PictureFormat format) => format.ToString().ToLowerInvariant();

    /// <exception cref="UserException">There is no format of that name.</exception>
    internal static PictureFormat Parse(string text) =>
        Enum.GetValues<PictureFormat>().Where(f => f.Extension() == text).Cast<PictureFormat?>().FirstOrDefault()
        ?? throw new UserException($"--format '{text}' is unknown; there are {string.Join(", ", Enum.GetValues<PictureFormat>().Select(Extension))}.");
}
