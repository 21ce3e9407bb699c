using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Pictures of latents in a file: z of [N, ZDim], or w of [N, NumWs, WDim].</summary>
internal sealed class LatentFileSource : LatentSource
{
    private readonly Tensor latents;
    private readonly bool areWs;

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

    /// <summary>Reads w from the entry <c>w</c> of a .npz file, as projectors write it.</summary>
    internal static LatentFileSource OpenW(string path, IGenerator generator)
    {
        using NpzFile file = NpzFile.Open(path);
        if (!file.Contains("w"))
        {
            throw new UserException($"{path} has no array 'w', only: {string.Join(", ", file.Keys)}.");
        }

        NumpyArray array = file.Read("w");
        (int numWs, int wDim) = (generator.NumWs, generator.WDim);
        return array.Shape.Length == 3 && array.Shape[0] > 0 && array.Shape[1] == numWs && array.Shape[2] == wDim
            ? new LatentFileSource(ToTensor(path, array), areWs: true)
            : throw new UserException(
                $"{path} holds 'w' of shape {Shape.Format(array.Shape)}; the network needs [N, {numWs}, {wDim}]. Was it made with another network?");
    }

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
