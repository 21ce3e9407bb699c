using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Cuda;

/// <summary>
/// The one-pass operator of <see cref="CudaStyleEpilogueCall"/> in the graph. Its gradient is made of differentiable operations.
/// </summary>
internal sealed class CudaStyleEpilogueFunction : AutogradFunction
{
    private readonly CudaStyleEpilogueCall call;
    private readonly bool hasFactor, hasNoise;

    private CudaStyleEpilogueFunction(CudaStyleEpilogueCall call, bool hasFactor, bool hasNoise) =>
        (this.call, this.hasFactor, this.hasNoise) = (call, hasFactor, hasNoise);

    /// <summary>Applies the operator; all operands are recorded.</summary>
    internal static Tensor Apply(CudaStyleEpilogueCall call, Tensor x, Tensor? factor, Tensor? noise, Tensor bias)
    {
        Tensor?[] inputs = [x, bias, factor, noise];
        return new CudaStyleEpilogueFunction(call, factor is not null, noise is not null).Apply([.. inputs.OfType<Tensor>()]);
    }

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        (Tensor? factor, Tensor? noise) = (hasFactor ? inputs[2] : null, hasNoise ? inputs[^1] : null);
        Tensor x = CudaLayout.Dense(inputs[0]), y = CudaLayout.EmptyLike(x);
        call.Run(x, factor, noise, inputs[1], y);

        // The shape of the noise is needed, the input only for the gradient of the factor.
        context.Save(y, hasFactor ? inputs[0] : null, factor, noise);
        return y;
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(4);
        (Tensor y, Tensor? x, Tensor? factor, Tensor? noise) = (saved[0]!, saved[1], saved[2], saved[3]);
        Tensor forSum = BiasActGradientFunction.Apply(call.AfterSum, gradient, y, null);
        var gradients = new List<Tensor?>
        {
            factor is null ? forSum : forSum * factor.Reshape(y.Size(0), -1, 1, 1),
            forSum.Sum([0, 2, 3]),
        };
        if (hasFactor)
        {
            gradients.Add((forSum * x!).Sum([2, 3]));
        }

        if (hasNoise)
        {
            Tensor perSample = forSum.Sum([1], keepDim: true);                                // [N, 1, H, W]
            bool isShared = noise!.Count < perSample.Count;
            gradients.Add((isShared ? perSample.Sum([0]) : perSample).Reshape(noise.Shape));
        }

        return [.. gradients];
    }
}
