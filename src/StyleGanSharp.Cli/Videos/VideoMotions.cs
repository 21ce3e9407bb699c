namespace StyleGanSharp.Cli.Videos;

/// <summary>Names of the motions.</summary>
internal static class VideoMotions
{
    private static readonly Dictionary<string, VideoMotion> OtherNames = new(StringComparer.OrdinalIgnoreCase) { ["circularloop"] = VideoMotion.Circle, ["noiseloop"] = VideoMotion.Noise };

    internal static string Names => string.Join(", ", Enum.GetNames<VideoMotion>().Select(n => n.ToLowerInvariant()));

    /// <exception cref="UserException">There is no motion of that name.</exception>
    internal static VideoMotion Parse(string text) =>
        OtherNames.TryGetValue(text, out VideoMotion other) ? other
        : Enum.GetValues<VideoMotion>().Where(m => string.Equals(m.ToString(), text, StringComparison.OrdinalIgnoreCase)).Cast<VideoMotion?>().FirstOrDefault()
            ?? throw new UserException($"--motion '{text}' is unknown; there are {Names}.");
}
