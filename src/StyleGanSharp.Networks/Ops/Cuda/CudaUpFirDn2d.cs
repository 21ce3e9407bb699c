using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>The fast form of <see cref="UpFirDn2d"/> on CUDA devices: inserted zeros are neither stored nor multiplied.</summary>
internal static class CudaUpFirDn2d
{
    /// <summary>Name of the source file.</summary>
    internal const string File = "upfirdn2d";

    /// <summary>Whether a call can be taken over. A filter that is learned cannot.</summary>
    internal static bool Accepts(Tensor x, Tensor? filter) =>
        filter is not { RequiresGrad: true } && (filter is null || filter.Device == x.Device) && CudaOperators.Accepts(File, x);

    /// <inheritdoc cref="UpFirDn2d.Apply"/>
    internal static Tensor Apply(
        Tensor x, Tensor? filter, (int X, int Y) up, (int X, int Y) down, Padding padding, bool flipFilter, double gain) =>
        Apply(CudaOperators.Kernels, x, filter, up, down, padding, flipFilter, gain);

    /// <summary>The same, launched by other means.</summary>
    /// <inheritdoc cref="UpFirDn2d.Apply"/>
    internal static Tensor Apply(
        ICudaKernels kernels, Tensor x, Tensor? filter, (int X, int Y) up, (int X, int Y) down, Padding padding, bool flipFilter,
        double gain)
    {
        using var scope = new TensorScope();
        (int width, int height) = (
            ((int)x.Size(3) * up.X) + padding.X0 + padding.X1, ((int)x.Size(2) * up.Y) + padding.Y0 + padding.Y1);
        (int X, int Y) taps = UpFirDn2d.SizeOf(filter);
        (int X, int Y) target = (((width - taps.X) / down.X) + 1, ((height - taps.Y) / down.Y) + 1);
        var call = new UpFirDn2dCall(
            kernels, up, down, (padding.X0, padding.Y0), ((int)x.Size(3), (int)x.Size(2)), target, taps, !flipFilter, (
                float)gain);
        if (filter is not { Dim: 1 })
        {
            Tensor window = filter?.Detach().To(DType.Float32).Contiguous() ?? Tensor.Ones([1, 1], device: x.Device);
            return scope.Keep(Once(call, x, window));
        }

        // Rows, then columns.
        Tensor line = filter.Detach().To(DType.Float32).Contiguous();
        float share = (float)Math.Sqrt(gain);
        UpFirDn2dCall rows = call with
        {
            Up = (up.X, 1),
            Down = (down.X, 1),
            Pad = (padding.X0, 0),
            Target = (target.X, call.Source.Y),
            Taps = (taps.X, 1),
            Gain = share,
        };
        UpFirDn2dCall columns = call with
        {
            Up = (1, up.Y),
            Down = (1, down.Y),
            Pad = (0, padding.Y0),
            Source = rows.Target,
            Taps = (1, taps.Y),
            Gain = share,
        };
        return scope.Keep(Once(columns, Once(rows, x, line.Unsqueeze(0)), line.Unsqueeze(1)));
    }

    private static Tensor Once(UpFirDn2dCall call, Tensor x, Tensor filter) =>
        GradMode.IsEnabled && x.RequiresGrad ? UpFirDn2dFunction.Apply(call, x, filter) : call.Run(x, filter);
}
