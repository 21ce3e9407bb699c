using System.Diagnostics;
using NetVips;
using Library = NetVips.NetVips;

namespace StyleGanSharp.Data.Images;

/// <summary>The C library behind <see cref="ImageFile"/> (libvips): whether it is there, its version, its threads.</summary>
public static class ImageLibrary
{
    private static readonly Lazy<bool> Started = new(Start);
    private static readonly Lazy<HashSet<ImageFormat>> Readable = new(() =>
        [.. Enum.GetValues<ImageFormat>().Where(f => Library.TypeFind("VipsOperation", Loader(f)) != IntPtr.Zero)]);

    // Kept, so that the collector leaves what native code calls.
    private static readonly Log.LogDelegate IgnoreLog = static (_, _, _) => { };

    /// <summary>Asks for the library without failing. The first call in a process loads and starts it (about 10 ms).</summary>
    /// <param name="problem">One sentence with what to install, or null when the library is there.</param>
    /// <returns>True when images can be read and written.</returns>
    public static bool IsAvailable(out string? problem)
    {
        try
        {
            EnsureStarted();
            problem = null;
            return true;
        }
        catch (ImageException exception)
        {
            problem = exception.Message;
            return false;
        }
    }

    /// <summary>The library's version, for example 8.18.7.</summary>
    /// <exception cref="ImageException">The library is not there.</exception>
    public static Version Version
    {
        get
        {
            EnsureStarted();
            return new Version(Library.Version(0), Library.Version(1), Library.Version(2));
        }
    }

    /// <summary>The library's file; null where the platform does not tell.</summary>
    /// <exception cref="ImageException">The library is not there.</exception>
    public static string? FileName
    {
        get
        {
            EnsureStarted();
            using var process = Process.GetCurrentProcess();
            return process.Modules.Cast<ProcessModule>()
                .Select(m => m.FileName)
                .FirstOrDefault(f => Path.GetFileName(f).StartsWith("libvips", StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// Whether the library came with the program; otherwise it is the system's, with the formats of that build.
    /// </summary>
    /// <exception cref="ImageException">The library is not there.</exception>
    public static bool IsOwn => FileName?.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal) == true;

    /// <summary>
    /// Threads that the library uses for one image; setting 0 restores its default, the number of processors. Programs that
    /// decode
    /// many images side by side set 1.
    /// </summary>
    /// <exception cref="ImageException">The library is not there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above 1024.</exception>
    public static int Concurrency
    {
        get
        {
            EnsureStarted();
            return Library.Concurrency;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1024);
            EnsureStarted();
            Library.Concurrency = value;
        }
    }

    /// <summary>
    /// Starts the library on a thread of its own and returns at once, so that it is ready when the first image is read or
    /// written; what goes wrong is told then.
    /// </summary>
    public static void StartAhead() => new Thread(static () => IsAvailable(out _)) { IsBackground = true }.Start();

    /// <summary>Whether this libvips was built with a reader of a format.</summary>
    /// <param name="format">The format.</param>
    /// <returns>False without the library, too.</returns>
    public static bool Reads(ImageFormat format) =>
        format <= ImageFormat.WebP || (IsAvailable(out _) && Readable.Value.Contains(format));

    /// <summary>The operation that reads a format.</summary>
    internal static string Loader(ImageFormat format) => format switch
    {
        ImageFormat.Png => "pngload_source",
        ImageFormat.Jpeg => "jpegload_source",
        ImageFormat.WebP => "webpload_source",
        ImageFormat.Gif => "gifload_source",
        ImageFormat.Tiff => "tiffload_source",
        ImageFormat.Avif => "heifload_source",
        ImageFormat.JpegXl => "jxlload_source",
        _ => "ppmload_source",
    };

    /// <summary>Starts the library once; what can go wrong becomes one sentence.</summary>
    internal static void EnsureStarted() => _ = Started.Value;

    /// <summary>The library's own first line about a failure, without a final stop; empty when it said nothing.</summary>
    internal static string Detail(VipsException exception)
    {
        // "unable to call NAME", then what libvips says, a line each.
        string[] lines = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? lines[1].TrimEnd('.') : "";
    }

    private static bool Start()
    {
        // The binding starts libvips when its assembly is loaded, and keeps what goes wrong.
        if (!ModuleInitializer.VipsInitialized)
        {
            throw new ImageException(null, MissingMessage, ModuleInitializer.Exception);
        }

        // Every image is used once: a cache of operations would only keep pixels alive.
        Cache.Max = 0;

        // Decoders print their warnings to standard error by default; what matters arrives as an error.
        const Enums.LogLevelFlags warningAndBelow = Enums.LogLevelFlags.Warning | Enums.LogLevelFlags.Message
            | Enums.LogLevelFlags.Info | Enums.LogLevelFlags.Debug;
        Log.SetLogHandler("VIPS", warningAndBelow, IgnoreLog);
        return true;
    }

    /// <summary>What a user without the library reads.</summary>
    internal const string MissingMessage =
        "The image library libvips was not found: it comes with the program on most platforms, so build it again, or install the "
        + "package libvips42 (Debian and Ubuntu: apt-get install libvips42; macOS: brew install vips; Windows: put the folder of "
        + "libvips-42.dll on PATH).";
}
