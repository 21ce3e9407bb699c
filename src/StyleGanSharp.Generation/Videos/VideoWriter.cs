using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Chooses what writes a video file: libvips a GIF that it can, ffmpeg all else.</summary>
internal static class VideoWriter
{
    /// <summary>Finds out, before a network is opened, whether anything here writes the format.</summary>
    /// <exception cref="GenerationException">ffmpeg is needed and not installed.</exception>
    internal static void RequireFor(VideoFormat format)
    {
        if (format != VideoFormat.Gif)
        {
            FfmpegProgram.Find(
                "which writes .mp4 and .webm", GifFile.IsAvailable
                    ? "a .gif or single frames, which work" : "single frames, which work");
        }
        else if (!GifFile.IsAvailable)
        {
            FfmpegProgram.Find("which writes .gif where the installed libvips does not");
        }
    }

    /// <summary>Opens the sink of a video file.</summary>
    /// <param name="target">With a file.</param>
    /// <param name="width">Columns of a frame.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="frames">Frames of the video.</param>
    /// <param name="cancel">Ends the writing.</param>
    /// <exception cref="GenerationException">ffmpeg is needed and not installed.</exception>
    internal static Func<IFrameSink> For(VideoTarget target, int width, int height, int frames, CancellationToken cancel)
    {
        string role = "which writes .mp4, .webm and .gif";
        if (target.Format == VideoFormat.Gif && GifFile.IsAvailable)
        {
            if (GifFile.Takes(width, height, frames, out string? problem))
            {
                return () => new GifSink(target.File!, (int)Math.Round(target.Fps.Value), cancel);
            }

            role = $"which writes a .gif of any size (without it, {problem})";
        }

        string ffmpeg = FfmpegProgram.Find(role);
        return () => new FfmpegSink(ffmpeg, target, cancel);
    }
}
