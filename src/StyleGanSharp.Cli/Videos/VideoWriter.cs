using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Cli.Videos;

/// <summary>Chooses what writes a video file: libvips a GIF that it can, ffmpeg all else.</summary>
internal static class VideoWriter
{
    /// <summary>Finds out, before a network is opened, whether anything here writes the format.</summary>
    /// <exception cref="RunException">ffmpeg is needed and not installed.</exception>
    internal static void RequireFor(VideoFormat format)
    {
        if (format != VideoFormat.Gif)
        {
            FfmpegProgram.Find("which writes .mp4 and .webm", GifFile.IsAvailable ? "--output FILE.gif or --frames DIR, which work" : "--frames DIR, which works");
        }
        else if (!GifFile.IsAvailable)
        {
            FfmpegProgram.Find("which writes .gif where the installed libvips does not");
        }
    }

    /// <summary>Opens the sink of a video file.</summary>
    /// <param name="options">With an output.</param>
    /// <param name="width">Columns of a frame.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <exception cref="RunException">ffmpeg is needed and not installed.</exception>
    internal static Func<IFrameSink> For(VideoOptions options, int width, int height, CancellationToken cancel)
    {
        string role = "which writes .mp4, .webm and .gif";
        if (options.Format == VideoFormat.Gif && GifFile.IsAvailable)
        {
            if (GifFile.Takes(width, height, options.FrameCount, out string? problem))
            {
                return () => new GifSink(options.Output!, (int)Math.Round(options.Fps.Value), cancel);
            }

            role = $"which writes a .gif of any size (without it, {problem})";
        }

        string ffmpeg = FfmpegProgram.Find(role);
        return () => new FfmpegSink(ffmpeg, options, cancel);
    }
}
