using StyleGanSharp.Data.Interop;

namespace StyleGanSharp.Data.Images;

/// <summary>The C library behind <see cref="ImageFile"/> (libvips): whether it is there, its version, its threads.</summary>
public static class ImageLibrary
{
    /// <summary>Asks for the library without failing. The first call in a process loads and starts it (60 to 90 ms).</summary>
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

    /// <summary>The library's version, for example 8.14.1.</summary>
    /// <exception cref="ImageException">The library is not installed.</exception>
    public static Version Version
    {
        get
        {
            EnsureStarted();
            return new Version(Vips.VersionPart(0), Vips.VersionPart(1), Vips.VersionPart(2));
        }
    }

    /// <summary>
    /// Threads that the library uses for one image; setting 0 restores its default, the number of processors. Programs that
    /// decode
    /// many images side by side set 1.
    /// </summary>
    /// <exception cref="ImageException">The library is not installed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above 1024.</exception>
    public static int Concurrency
    {
        get
        {
            EnsureStarted();
            return Vips.GetConcurrency();
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1024);
            EnsureStarted();
            Vips.SetConcurrency(value);
        }
    }

    /// <summary>
    /// Starts the library on a thread of its own and returns at once, so that it is ready when the first image is read or written; what goes wrong
    /// is told then.
    /// </summary>
    public static void StartAhead() => new Thread(static () => IsAvailable(out _)) { IsBackground = true }.Start();

    /// <summary>Starts the library once; what can go wrong becomes one sentence.</summary>
    internal static void EnsureStarted()
    {
        try
        {
            Vips.EnsureStarted();
        }
        catch (Exception exception)
            when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new ImageException(null, MissingMessage, exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new ImageException(null, exception.Message, exception);
        }
    }

    /// <summary>What a user without the library reads.</summary>
    internal const string MissingMessage =
        "The image library libvips was not found: install the package libvips42 (Debian and Ubuntu: apt-get install libvips42; " +
        "macOS: brew install vips; Windows: put the folder of libvips-42.dll on PATH).";
}
