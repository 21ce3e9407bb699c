using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>
/// The weights of a style layer as <see cref="SixteenBits"/> needs them, made again whenever the weights have changed.
/// </summary>
/// <param name="upsamples">The layer upsamples: its convolution is the transpose of one from Cout to Cin.</param>
/// <param name="clamp">The network's clamp.</param>
internal sealed class SixteenBitWeights(bool upsamples, double? clamp) : IDisposable
{
    private DType? type;
    private long version;
    private Tensor? kernels;
    private Tensor? scale;
    private Tensor? power;

    /// <summary>The network's clamp.</summary>
    internal double? Clamp => clamp;

    /// <summary>
    /// The weights divided by <see cref="Scale"/>, [Cout, Cin, K, K] of 16 bits; in memory as the convolution wants them.
    /// </summary>
    internal Tensor Kernels => kernels!;

    /// <summary>W of every output channel, [Cout] float32.</summary>
    internal Tensor Scale => scale!;

    /// <summary>Sums over the kernel of the squared weights, [Cout, Cin] float32: for the demodulation.</summary>
    internal Tensor Power => power!;

    /// <summary>Prepares the weights, where that was not yet done for their present values.</summary>
    /// <param name="weight">
    /// [Cout, Cin, K, K] float32. Every way of changing it counts its version up, except moving it: <see cref="Forget"/>.
    /// </param>
    /// <param name="features">Type of the features.</param>
    /// <param name="normalise">What comes before, e.g. bringing them to unit magnitude; null: nothing.</param>
    internal SixteenBitWeights For(Tensor weight, DType features, Func<Tensor, Tensor>? normalise = null)
    {
        if (type == features && version == weight.Version)
        {
            return this;
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Dispose();
        Tensor w = normalise is null ? weight.Detach() : normalise(weight.Detach());
        Tensor rows = SixteenBits.RowScale(w, [1, 2, 3], clamp);                                      // [Cout, 1, 1, 1]
        Tensor scaled = (w / rows).To(features);
        kernels = (upsamples
            ? scaled.Transpose(0, 1).Clone(MemoryFormat.ChannelsLast).Transpose(0, 1)
            : scaled.Clone(MemoryFormat.ChannelsLast)).Own();
        scale = rows.Reshape(-1).Own();
        power = w.Square().Sum([2, 3]).Own();
        (type, version) = (features, weight.Version);
        return this;
    }

    /// <summary>The weights may be others, or elsewhere.</summary>
    internal void Forget() => type = null;

    public void Dispose()
    {
        kernels?.Dispose();
        scale?.Dispose();
        power?.Dispose();
    }
}
