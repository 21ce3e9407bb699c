using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// A modulated convolution whose weights were prepared once for inference: laid out channels-last, split into phases where it
/// upsamples, and squared for the demodulation. The fast twin of <see cref="ModulatedConv2d"/>.
/// </summary>
internal sealed class PreparedModulatedConv2d : IDisposable
{
    private readonly Tensor kernels;
    private readonly Tensor power;
    private readonly Tensor? lowpass;
    private readonly int padding;

    private PreparedModulatedConv2d(Tensor kernels, Tensor power, Tensor? lowpass, int padding) =>
        (this.kernels, this.power, this.lowpass, this.padding) = (kernels, power, lowpass, padding);

    /// <summary>Prepares weights.</summary>
    /// <param name="weight">[Cout, Cin, K, K]; with a filter stored for convolution, else for correlation.</param>
    /// <param name="filter">Resampling filter of a layer that upsamples by two; null: the layer keeps the size.</param>
    /// <returns>Null where no faster way than <see cref="ModulatedConv2d"/> is known.</returns>
    internal static PreparedModulatedConv2d? Create(Tensor weight, Tensor? filter)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        long kernel = weight.Size(2);
        Tensor? lowpass = filter is null ? null : PhaseUpsampling.Remainder(filter);
        if (kernel != weight.Size(3) || (filter is not null && (kernel != 3 || lowpass?.Size(0) != 3)))
        {
            return null;
        }

        Tensor kernels = lowpass is null ? weight.Detach().Clone().Contiguous(MemoryFormat.ChannelsLast) : PhaseUpsampling.Kernels(weight);
        return new PreparedModulatedConv2d(kernels.Own(), weight.Square().Sum([2, 3]).Own(), lowpass?.Own(), (int)kernel / 2);
    }

    /// <summary>Modulates and convolves; the demodulation is left to the caller, who has more to do in the same pass.</summary>
    /// <param name="x">[N, Cin, H, W]; fastest channels-last.</param>
    /// <param name="styles">[N, Cin] float32.</param>
    /// <returns>[N, Cout, H·up, W·up] channels-last, a tensor of its own, and the demodulation factor [N, Cout].</returns>
    internal (Tensor Features, Tensor Factor) Apply(Tensor x, Tensor styles)
    {
        using var scope = new TensorScope();
        Tensor factor = (Functional.Linear(styles.Square(), power, null) + ModulatedConv2d.Epsilon).RSqrt();
        x = (x * styles.Reshape(x.Size(0), -1, 1, 1)).Contiguous(MemoryFormat.ChannelsLast);
        x = lowpass is null ? Functional.Conv2d(x, kernels, padding: (padding, padding)) : PhaseUpsampling.Apply(x, kernels, lowpass);
        return (scope.Keep(x), scope.Keep(factor));
    }

    public void Dispose()
    {
        kernels.Dispose();
        power.Dispose();
        lowpass?.Dispose();
    }
}
