using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Images;

/// <summary>Folders that results are written into.</summary>
public static class OutputFolder
{
    /// <summary>Creates a folder, if necessary, and makes sure that it can be written to, before anything is computed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="property">What problems call it.</param>
    /// <param name="needsImages">Image files will be written, so the image library must be there.</param>
    /// <exception cref="RequestException">The folder cannot be written to.</exception>
    /// <exception cref="ImageException">The image library is missing.</exception>
    public static void Prepare(string folder, string property, bool needsImages = true)
    {
        if (needsImages && !ImageLibrary.IsAvailable(out string? problem))
        {
            throw new ImageException(null, problem!);
        }

        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $".stylegan-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            string reason = File.Exists(folder) ? "it is a file"
                : e is UnauthorizedAccessException ? "permission denied"
                : e.Message.Split('\n')[0].TrimEnd('.');
            throw new RequestException(property, folder, $"cannot be written to: {reason}");
        }
    }

    /// <summary>Writes numbers as a .npy file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteNumbers(string path, float[] values, params long[] shape)
    {
        try
        {
            NpyFile.Write(path, NumpyArray.Create<float>(values, shape));
        }
        catch (NumpyFileException e)
        {
            throw new IOException(e.Message, e); // A full disk is an I/O failure, not invalid input.
        }
    }
}
