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
    private readonly Tensor? remainder;
    private readonly int padding;

    private PreparedModulatedConv2d(Tensor kernels, Tensor power, Tensor? remainder, int padding) =>
        (this.kernels, this.power, this.remainder, this.padding) = (kernels, power, remainder, padding);

    /// <summary>Prepares weights.</summary>
    /// <param name="weight">[Cout, Cin, K, K]; with a filter stored for convolution, else for correlation.</param>
    /// <param name="filter">Resampling filter of a layer that upsamples by two; null: the layer keeps the size.</param>
    /// <returns>Null where no faster way than <see cref="ModulatedConv2d"/> is known.</returns>
    internal static PreparedModulatedConv2d? Create(Tensor weight, Tensor? filter)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        long kernel = weight.Size(2);
        Tensor? remainder = filter is null ? null : PhaseUpsampling.Remainder(filter);
        if (kernel != weight.Size(3) || (filter is not null && (kernel != 3 || remainder?.Size(0) != 3)))
        {
            return null;
        }

        Tensor kernels = remainder is null ? weight.Detach().Clone().Contiguous(MemoryFormat.ChannelsLast) : PhaseUpsampling.Kernels(weight);
        return new PreparedModulatedConv2d(kernels.Own(), weight.Square().Sum([2, 3]).Own(), remainder?.Own(), (int)kernel / 2);
    }

    /// <summary>Modulates and convolves; the demodulation is left to the caller, who has more to do in the same pass.</summary>
    /// <param name="x">[N, Cin, H, W]; fastest channels-last.</param>
    /// <param name="styles">[N, Cin] float32.</param>
    /// <returns>[N, Cout, H·up, W·up] channels-last, a tensor of its own, and the demodulation factor [N, Cout].</returns>
    internal (Tensor Features, Tensor Factor) Apply(Tensor x, Tensor styles)
    {
        using var scope = new TensorScope();
        Tensor factor = (Functional.Linear(styles.Square(), power, null) + ModulatedConv2d.Epsilon).RSqrt();
        Tensor y = Convolve(x, styles);
        return (scope.Keep(remainder is null ? y : PhaseUpsampling.Smooth(y, remainder)), scope.Keep(factor));
    }

    // A scope of its own: the scaled input is as large as the input and is not needed any longer.
    private Tensor Convolve(Tensor x, Tensor styles)
    {
        using var scope = new TensorScope();
        Tensor scaled = (x * styles.Reshape(x.Size(0), -1, 1, 1)).Contiguous(MemoryFormat.ChannelsLast);
        return scope.Keep(remainder is null
            ? Functional.Conv2d(scaled, kernels, padding: (padding, padding))
            : PhaseUpsampling.Convolve(scaled, kernels));
    }

    public void Dispose()
    {
        kernels.Dispose();
        power.Dispose();
        remainder?.Dispose();
    }
}
