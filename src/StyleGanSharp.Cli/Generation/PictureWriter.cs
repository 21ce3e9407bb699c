using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Writes pictures into a folder, each beside its name first, and collects them for the grid.</summary>
internal sealed class PictureWriter(string folder, PictureFormat format, bool collect)
{
    private readonly List<ImageBuffer> collected = [];

    /// <summary>Finds out whether pictures can be written into the folder, and creates it, before anything is computed.</summary>
    internal static void Prepare(string folder, bool needsImages, string option = "--outdir")
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
            throw new UserException($"{option} {folder} cannot be written to: {reason}.");
        }
    }

    /// <summary>Writes one picture.</summary>
    /// <param name="name">File name without extension.</param>
    /// <param name="image">[1, C, H, W] float32, about [-1, 1].</param>
    internal void Write(string name, Tensor image)
    {
        using var scope = new TensorScope();
        if (format == PictureFormat.Npy)
        {
            string path = Path.Combine(folder, $"{name}.npy");
            try
            {
                NpyFile.Write(path, NumpyArray.Create<float>(image.ToArray<float>(), image.Shape));
            }
            catch (NumpyFileException e)
            {
                // A full disk is no wrong input, which this exception means elsewhere.
                throw new IOException(e.Message, e);
            }
        }

        if (format != PictureFormat.Npy || collect)
        {
            ImageBuffer buffer = ToBuffer(image);
            if (format != PictureFormat.Npy)
            {
                ImageFile.Write(Path.Combine(folder, $"{name}.{format.Extension()}"), buffer);
            }

            if (collect)
            {
                collected.Add(buffer);
            }
        }
    }

    /// <summary>Writes the collected pictures as one.</summary>
    internal void WriteGrid(string name, int columns, int rows) =>
        ImageFile.Write(Path.Combine(folder, $"{name}.png"), ImageGrid.Compose(collected, columns, rows));

    /// <summary>The pixels of one picture.</summary>
    /// <param name="image">[1, C, H, W] float32, about [-1, 1].</param>
    internal static ImageBuffer ToBuffer(Tensor image)
    {
        (int channels, int height, int width) = ((int)image.Size(1), (int)image.Size(2), (int)image.Size(3));
        return new ImageBuffer(width, height, channels, Pixels.Interleave(image));
    }
}
