using System.IO.Compression;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Pictures of latents in a file: z of [N, ZDim], or w of [N, NumWs, WDim].</summary>
internal sealed class LatentFileSource : LatentSource
{
    private const int MostShown = 6;

    // In the order of preference: this program's, those of the TensorFlow and PyTorch projectors, of encoders.
    private static readonly string[] WNames = ["w", "ws", "dlatents", "w_plus", "projected_w", "latents", "latent", "codes"];

    private readonly Tensor latents;
    private readonly bool areWs;

    private static ReadOnlySpan<byte> NpyMagic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private LatentFileSource(Tensor latents, bool areWs) => (this.latents, this.areWs) = (latents, areWs);

    internal override int Count => (int)latents.Size(0);

    internal override bool NeedsLabel => !areWs;

    /// <summary>Reads z from a .npy file.</summary>
    internal static LatentFileSource OpenZ(string path, IGenerator generator)
    {
        NumpyArray array = NpyFile.Read(path);
        int zDim = generator.ZDim;
        return array.Shape.Length == 2 && array.Shape[0] > 0 && array.Shape[1] == zDim
            ? new LatentFileSource(ToTensor(path, array), areWs: false)
            : throw new UserException($"{path} holds an array of shape {Shape.Format(array.Shape)}; the network needs latents z of [N, {zDim}].");
    }

    /// <summary>
    /// Reads w as projectors and encoders write it: an array of a .npz file (<c>w</c>, <c>dlatents</c>, ...), a .npy file, or a tensor of a torch file;
    /// one picture or many, one w for all layers or one for each.
    /// </summary>
    internal static LatentFileSource OpenW(string path, IGenerator generator)
    {
        (string Name, long[] Shape, Func<Tensor> Read)[] arrays = [.. Arrays(path)];
        (string Name, long[] Shape, Func<Tensor> Read)[] fitting = [.. arrays.Where(a => Layers(a.Shape, generator) is not null)];

        // Files hold noise and pictures beside the latents; the usual names go first.
        (string Name, long[] Shape, Func<Tensor> Read)? chosen =
            WNames.Select(name => Array.FindAll(fitting, a => a.Name.Split('.')[^1] == name)).FirstOrDefault(named => named.Length > 0) is { } named
                ? named[0]
                : fitting is [var only] ? only : null;
        if (chosen is not { } w)
        {
            string found = arrays.Length == 0
                ? "no arrays"
                : string.Join(", ", arrays.Take(MostShown).Select(a => $"{(a.Name.Length == 0 ? "an array" : $"'{SafeText.Of(a.Name)}'")} {Torch.Shape.Format(a.Shape)}"));
            throw new UserException(
                $"{path} holds {found}; the network needs w of [N, {generator.NumWs}, {generator.WDim}] (or without N, or one w for all layers). Was it made with another network?");
        }

        using var scope = new TensorScope();
        Tensor values = w.Read().To(DType.Float32);
        if (NonFinite.Has(values))
        {
            throw new UserException($"{path} holds values that are no finite numbers.");
        }

        (long count, bool perLayer) = Layers(w.Shape, generator)!.Value;
        Tensor ws = perLayer
            ? values.Reshape(count, generator.NumWs, generator.WDim)
            : values.Reshape(count, 1, generator.WDim).Expand(count, generator.NumWs, generator.WDim);
        return new LatentFileSource(ws.Clone().Own(), areWs: true);
    }

    // How many pictures an array of ws is of, and whether it has a row for each layer; null: it is none.
    private static (long Count, bool PerLayer)? Layers(long[] shape, IGenerator generator)
    {
        (int numWs, int wDim) = (generator.NumWs, generator.WDim);
        return shape.Any(size => size < 1) || shape.Length == 0 || shape[^1] != wDim ? null : shape switch
        {
            [_] => (1, false),
            [var rows, _] => rows == numWs ? (1, true) : (rows, false),
            [var count, var rows, _] => rows == numWs ? (count, true) : rows == 1 ? (count, false) : null,
            [var count, 1, var rows, _] when rows == numWs => (count, true), // A batch of one for each picture.
            _ => null,
        };
    }

    private static List<(string Name, long[] Shape, Func<Tensor> Read)> Arrays(string path)
    {
        Span<byte> start = stackalloc byte[6];
        using (FileStream stream = File.OpenRead(path))
        {
            start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        }

        if (start.SequenceEqual(NpyMagic))
        {
            return [OfNumpy("", NpyFile.Read(path))];
        }

        return start.StartsWith("PK"u8) && !IsTorchZip(path) || path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase)
            ? [.. NpzFile.ReadAll(path).Select(a => OfNumpy(a.Key, a.Value))]
            : [.. SnapshotFile.ReadTensors(path).Select(t => (t.Name, t.Tensor.Shape.ToArray(), (Func<Tensor>)(() => t.Tensor.ToTensor())))];
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

    private static (string Name, long[] Shape, Func<Tensor> Read) OfNumpy(string name, NumpyArray array) =>
        (name, array.Shape.ToArray(), () => Tensor.From(array.ToSingles(), array.Shape));

    internal override string Name(int index) => areWs ? $"proj{index:d2}" : $"latent{index:d4}";

    internal override uint Number(int index) => (uint)index;

    internal override Tensor Ws(IGenerator generator, int index, Tensor? label, Device device)
    {
        using var scope = new TensorScope();
        Tensor own = latents.Slice(0, index, index + 1).To(device);
        return scope.Keep(areWs ? own : generator.Map(own, label));
    }

    /// <inheritdoc/>
    public override void Dispose() => latents.Dispose();

    private static Tensor ToTensor(string path, NumpyArray array)
    {
        float[] values = array.ToSingles();
        return Array.TrueForAll(values, float.IsFinite)
            ? Tensor.From(values, array.Shape).Own()
            : throw new UserException($"{path} holds values that are no finite numbers.");
    }
}
