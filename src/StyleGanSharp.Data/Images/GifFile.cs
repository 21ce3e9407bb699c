using NetVips;

namespace StyleGanSharp.Data.Images;

/// <summary>Writes animated GIFs through libvips (8.12 and later, where it was built with its GIF writer).</summary>
public static class GifFile
{
    /// <summary>
    /// Most frames per second: the format counts in hundredths of a second, and viewers slow one hundredth down.
    /// </summary>
    public const int MaxFps = 50;

    // libvips sees all frames as one tall image (VIPS_MAX_COORD), and its writer refuses larger frames.
    private const long MaxRows = 10_000_000;
    private const long MaxFrameArea = 5000 * 5000;
    private const int Hundredths = 100;        // In a second: the format's unit of time.
    private const int Milliseconds = 10;       // In a hundredth: libvips' unit of time.

    /// <summary>Whether this machine's libvips is there and writes GIFs.</summary>
    public static bool IsAvailable =>
        ImageLibrary.IsAvailable(out _) && NetVips.NetVips.TypeFind("VipsOperation", "gifsave") != IntPtr.Zero;

    /// <summary>Whether a film of this size can be written.</summary>
    /// <param name="width">Columns of a frame.</param>
    /// <param name="height">Rows of a frame.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="problem">
    /// What is too large and what is allowed, as the end of a sentence without its stop; null when nothing is.
    /// </param>
    /// <returns>True when it can.</returns>
    public static bool Takes(int width, int height, int frames, out string? problem)
    {
        problem = (long)width * height > MaxFrameArea ? $"frames of {width}x{height} have more than {MaxFrameArea} pixels"
            : (long)height * frames > MaxRows ? $"at most {MaxRows / height} frames of {height} rows fit into a gif, not {frames}"
            : null;
        return problem is null;
    }

    /// <summary>
    /// Writes a GIF that loops endlessly, with a palette of its own wherever the last one does not serve. The frames stream
    /// through: memory does not grow with their number. The same frames give the same bytes.
    /// </summary>
    /// <param name="path">The file; what is there is replaced, and after a failure a part of it may be left.</param>
    /// <param name="frames">The images; <see cref="Takes"/> has to allow them.</param>
    /// <param name="fps">Frames per second, 1 to <see cref="MaxFps"/>; times are rounded so that their sum is right.</param>
    /// <param name="cancel">Ends the work between rows.</param>
    /// <exception cref="ArgumentException">A size or the rate is out of range.</exception>
    /// <exception cref="ImageException">
    /// The frames cannot be read, the file cannot be written, or libvips has no GIF writer.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(string path, RawFrames frames, int fps, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(fps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fps, MaxFps);
        if (frames.Channels is not (1 or 3) || frames.Width < 1 || frames.Height < 1 || frames.Count < 1)
        {
            throw new ArgumentException($"Frames are gray or RGB and there is at least one, not {frames}.", nameof(frames));
        }

        if (!Takes(frames.Width, frames.Height, frames.Count, out string? problem))
        {
            throw new ArgumentException($"This is too large: {problem}.", nameof(frames));
        }

        ImageLibrary.EnsureStarted();
        try
        {
            using Image film = Load(frames, fps);
            using CancellationTokenRegistration stop = cancel.Register(() => film.SetKill(true));
            film.Gifsave(path);
        }
        catch (VipsException exception)
        {
            cancel.ThrowIfCancellationRequested();
            throw new ImageException(path, $"{path} could not be written as GIF ({ImageLibrary.Detail(exception)}).", exception);
        }
    }

    /// <summary>How long each frame is shown, in milliseconds; a rate that does not divide 100 has uneven times.</summary>
    internal static int[] Delays(int count, int fps)
    {
        long End(long frames) => ((frames * Hundredths) + (fps / 2)) / fps;
        return [.. Enumerable.Range(0, count).Select(i => (int)(End(i + 1) - End(i)) * Milliseconds)];
    }

    private static Image Load(RawFrames frames, int fps)
    {
        using Image rows = Image.Rawload(
            frames.Path,
            frames.Width,
            frames.Height * frames.Count,
            frames.Channels,
            interpretation: frames.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        return rows.Mutate(film =>
        {
            film.Set(GValue.GIntType, "page-height", frames.Height);
            film.Set(GValue.GIntType, "loop", 0);          // 0: endlessly.
            film.Set(GValue.ArrayIntType, "delay", Delays(frames.Count, fps));
        });
    }
}
