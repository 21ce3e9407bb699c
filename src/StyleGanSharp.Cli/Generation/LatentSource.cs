using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What pictures are made from: seeds, given z, or given w.</summary>
internal abstract class LatentSource : IDisposable
{
    /// <summary>Number of pictures.</summary>
    internal abstract int Count { get; }

    /// <summary>Whether the latents are z, which may need a label.</summary>
    internal virtual bool NeedsLabel => true;

    /// <summary>File name of a picture, without extension.</summary>
    internal abstract string Name(int index);

    /// <summary>The picture's own number: seeds its noise, and its class where none is chosen.</summary>
    internal abstract uint Number(int index);

    /// <summary>Untruncated ws, [1, NumWs, WDim].</summary>
    internal abstract Tensor Ws(IGenerator generator, int index, Tensor? label, Device device);

    /// <inheritdoc/>
    public abstract void Dispose();
}
