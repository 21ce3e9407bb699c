using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Numpy;

/// <summary>
/// Reads and writes .npy files: versions 1.0 to 3.0, booleans, integers and floats of either byte order, C and Fortran order.
/// Python objects, text, complex numbers and records are refused.
/// </summary>
public static class NpyFile
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">
    /// Largest accepted size of the elements; the default is what one array in memory can hold (2 GiB).
    /// </param>
    /// <returns>The array, in C order and the machine's byte order.</returns>
    /// <exception cref="NumpyFileException">
    /// The file is missing, unreadable, malformed, truncated, too large or of a refused type.
    /// </exception>
    public static NumpyArray Read(string path, long maxBytes = int.MaxValue)
    {
        using FileStream stream = OpenRead(path);
        try
        {
            return Read(stream, stream.Length, path, maxBytes);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new NumpyFileException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }

    /// <summary>
    /// Writes a file, beside its name first and then renamed: version 1.0, little-endian, C order, as NumPy would.
    /// </summary>
    /// <param name="path">The file, in an existing folder.</param>
    /// <param name="array">The array.</param>
    /// <exception cref="NumpyFileException">The file cannot be written.</exception>
    public static void Write(string path, NumpyArray array)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(array);
        try
        {
            AtomicFile.Write(path, stream => NpyFormat.Write(stream, array));
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new NumpyFileException(path, FileFault.DescribeWrite(exception, path), exception);
        }
    }

    /// <summary>
    /// Reads one array from a stream that ends after it and can hold at most <paramref name="available"/> bytes.
    /// </summary>
    internal static NumpyArray Read(Stream stream, long available, string name, long maxBytes)
    {
        NumpyHeader header = NpyFormat.ReadHeader(stream, name);
        if (header.DataLength > available - header.DataStart)
        {
            throw new NumpyFileException(
                name,
                $"{name} is truncated: the shape {NumpyArray.Describe(header.Shape)} needs {header.DataLength} bytes, " +
                "the file has fewer.");
        }

        if (header.DataLength > Math.Min(maxBytes, Array.MaxLength))
        {
            throw new NumpyFileException(
                name, $"{name} holds {header.DataLength} bytes, more than the limit of {Math.Min(maxBytes, Array.MaxLength)}.");
        }

        return NpyFormat.ReadData(stream, header, name);
    }

    /// <summary>Opens a file; what can go wrong becomes one sentence.</summary>
    internal static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new NumpyFileException(path, $"{path} is a folder, not a file.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new NumpyFileException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }
}
