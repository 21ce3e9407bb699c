using System.IO.Compression;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Latents;

/// <summary>Latents in files: z of [N, ZDim], or styles w of [N, NumWs, WDim].</summary>
public static class LatentFile
{
    private const int MostShown = 6;

    // In the order of preference: this program's, those of the TensorFlow and PyTorch projectors, of encoders.
    private static readonly string[] WNames = ["w", "ws", "dlatents", "w_plus", "projected_w", "latents", "latent", "codes"];

    private static ReadOnlySpan<byte> NpyMagic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads z from a .npy file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that they are for.</param>
    /// <exception cref="RequestException">The array does not fit the model, or holds numbers that are not finite.</exception>
    /// <exception cref="NumpyFileException">The file is missing or damaged.</exception>
    public static IReadOnlyList<Latent> ReadZ(string path, ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        NumpyArray array = NpyFile.Read(path);
        return array.Shape.Length == 2 && array.Shape[0] > 0 && array.Shape[1] == model.ZDim
            ? [.. Finite(path, "latent.z", array.ToSingles()).Chunk(model.ZDim).Select(z => new Latent { Z = z })]
            : throw new RequestException(
                "latent.z", path,
                $"holds an array of shape {Shape.Format(array.Shape)}; the network needs latents z of [N, {model.ZDim}]");
    }

    /// <summary>
    /// Reads w as projectors and encoders write it: an array of a .npz file (<c>w</c>, <c>dlatents</c>, ...), a .npy file, or a
    /// tensor of a torch file; one image or many, one w for all layers or one for each.
    /// </summary>
    /// <inheritdoc cref="ReadZ"/>
    public static IReadOnlyList<Latent> ReadW(string path, ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        StoredArray[] arrays = [.. Arrays(path)];
        StoredArray[] fitting = [.. arrays.Where(a => Layers(a.Shape, model) is not null)];

        // Files hold noise and images beside the latents; the usual names go first.
        StoredArray? chosen = WNames.Select(name => Array.Find(fitting, a => a.Name.Split('.')[^1] == name)).FirstOrDefault(
            a => a is not null)
            ?? (fitting is [var only] ? only : null);
        if (chosen is null)
        {
            string found = arrays.Length == 0 ? "no arrays" : string.Join(", ", arrays.Take(MostShown));
            throw new RequestException(
                "latent.w", path,
                $"holds {found}; the network needs w of [N, {model.NumWs}, {model.WDim}] (or without N, "
                    + $"or one w for all layers). " +
                "Was it made with another network?");
        }

        float[] values = Finite(path, "latent.w", chosen.Read());
        return Layers(chosen.Shape, model)!.Value.PerLayer
            ? [.. values.Chunk(model.NumWs * model.WDim).Select(w => new Latent { W = w })]
            : [.. values.Chunk(model.WDim).Select(
                w => new Latent { W = [.. Enumerable.Repeat(w, model.NumWs).SelectMany(row => row)] })];
    }

    // How many images an array of ws is of, and whether it has a row for each layer; null: it is not one.
    private static (long Count, bool PerLayer)? Layers(long[] shape, ModelInfo model) =>
        shape.Any(size => size < 1) || shape.Length == 0 || shape[^1] != model.WDim ? null : shape switch
        {
            [_] => (1, false),
            [var rows, _] => rows == model.NumWs ? (1, true) : (rows, false),
            [var count, var rows, _] => rows == model.NumWs ? (count, true) : rows == 1 ? (count, false) : null,
            [var count, 1, var rows, _] when rows == model.NumWs => (count, true), // A batch of one for each image.
            _ => null,
        };

    private static IEnumerable<StoredArray> Arrays(string path)
    {
        Span<byte> start = stackalloc byte[6];
        using (FileStream stream = File.OpenRead(path))
        {
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        if (start.SequenceEqual(NpyMagic))
        {
            NumpyArray single = NpyFile.Read(path);
            return [new StoredArray("", [.. single.Shape], single.ToSingles)];
        }

        return (start.StartsWith("PK"u8) && !IsTorchZip(path)) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
            ? NpzFile.ReadAll(path).Select(a => new StoredArray(a.Key, [.. a.Value.Shape], a.Value.ToSingles))
            : SnapshotFile.ReadTensors(path).Select(t => new StoredArray(t.Name, [.. t.Tensor.Shape], () =>
            {
                using var scope = new TensorScope();
                return t.Tensor.ToTensor().To(DType.Float32).ToArray<float>();
            }));
    }

    // Both are zip archives; only torch's has a pickle in it.
    private static bool IsTorchZip(string path)
    {
        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            return archive.Entries.Any(e => e.FullName.EndsWith("/data.pkl", StringComparison.Ordinal));
        }
        catch (InvalidDataException)
        {
            return false; // The reader of NumPy's files says what is wrong.
        }
    }

    private static float[] Finite(string path, string property, float[] values) => Array.TrueForAll(values, float.IsFinite)
        ? values
        : throw new RequestException(property, path, "holds numbers that are not finite");

    /// <summary>An array of a file, read when it is chosen.</summary>
    private sealed record StoredArray(string Name, long[] Shape, Func<float[]> Read)
    {
        public override string ToString() =>
            $"{(Name.Length == 0 ? "an array" : $"'{SafeText.Of(Name)}'")} {Torch.Shape.Format(Shape)}";
    }
}
