using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Names of the motions.</summary>
public static class VideoMotions
{
    private static readonly Dictionary<string, VideoMotion> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["circularloop"] = VideoMotion.Circle,
        ["noiseloop"] = VideoMotion.Noise,
    };

    /// <summary>All names.</summary>
    public static string Names => string.Join(", ", Enum.GetNames<VideoMotion>().Select(n => n.ToLowerInvariant()));

    /// <summary>The motion of a name.</summary>
    /// <exception cref="RequestException">There is no motion of that name.</exception>
    public static VideoMotion Parse(string text, string property) =>
        OtherNames.TryGetValue(text, out VideoMotion other) ? other
        : Enum.GetValues<VideoMotion>().Where(
            m => string.Equals(m.ToString(), text, StringComparison.OrdinalIgnoreCase)).Cast<VideoMotion?>().FirstOrDefault()
            ?? throw new RequestException(property, text, $"expected {Names}");
}
