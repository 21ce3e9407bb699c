using System.Globalization;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Videos;

/// <summary>What ffmpeg is told about each format.</summary>
internal static class VideoFormats
{
    // 4:2:0 video has even sizes.
    private const string EvenSize = "pad=ceil(iw/2)*2:ceil(ih/2)*2";

    // One palette per frame: a common one would need all frames in memory.
    private const string FramePalettes = "split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1";

    /// <summary>File extension without the dot.</summary>
    internal static string Extension(this VideoFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The format of a file's extension; null: it names none.</summary>
    internal static VideoFormat? Find(string path)
    {
        string extension = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        return Enum.GetValues<VideoFormat>().Where(f => f.Extension() == extension).Cast<VideoFormat?>().FirstOrDefault();
    }

    /// <summary>The format of a file's extension.</summary>
    /// <exception cref="RequestException">It names none.</exception>
    internal static VideoFormat OfFile(string path) =>
        Find(path) ?? throw new RequestException(
            "output", path, "its extension names no video format; expected .mp4, .webm or .gif");

    /// <summary>Options of the output file.</summary>
    internal static string[] Arguments(this VideoFormat format, double megabits)
    {
        string rate = string.Create(CultureInfo.InvariantCulture, $"{(long)(megabits * 1e6)}");
        return format switch
        {
            VideoFormat.Mp4 =>
                ["-vf", EvenSize, "-c:v", "libx264", "-b:v", rate, "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4"],
            VideoFormat.WebM => ["-vf", EvenSize, "-c:v", "libvpx-vp9", "-b:v", rate, "-pix_fmt", "yuv420p", "-f", "webm"],
            _ => ["-filter_complex", FramePalettes, "-f", "gif"],
        };
    }
}
