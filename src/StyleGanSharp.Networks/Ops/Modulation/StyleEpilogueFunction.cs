using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary><see cref="StyleEpilogue"/> in the graph: all its gradients in one pass.</summary>
internal sealed unsafe class StyleEpilogueFunction : AutogradFunction
{
    private readonly double slope;
    private readonly double? clamp;

    private StyleEpilogueFunction(double slope, double? clamp) => (this.slope, this.clamp) = (slope, clamp);

    /// <inheritdoc cref="StyleEpilogue.Apply"/>
    internal static Tensor Apply(Tensor x, in StyleEpilogueArguments call)
    {
        if (CudaStyleEpilogue.Accepts(x, call))
        {
            return CudaStyleEpilogue.Apply(null, x, call.Factor, call.Noise, call.Bias, call.Slope, 1, call.Clamp);
        }

        if (!StyleEpilogue.Accepts(x))
        {
            return StyleEpilogue.Reference(x, call);
        }

        var function = new StyleEpilogueFunction(call.Slope, call.Clamp);
        return call.Noise is null
            ? function.Apply([x, call.Factor, call.Bias]) : function.Apply([x, call.Factor, call.Bias, call.Noise]);
    }

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        var call = new StyleEpilogueArguments(inputs[1], inputs.Length > 3 ? inputs[3] : null, inputs[2], slope, clamp);
        Tensor y = StyleEpilogue.Apply(inputs[0], call);
        context.Save(inputs[0], inputs[1], inputs.Length > 3 ? inputs[3] : null, y);
        return y;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(4);
        Tensor x = saved[0]!, factor = saved[1]!, y = saved[3]!;
        return GradMode.IsEnabled ? Recorded(gradient, x, factor, saved[2], y) : InOnePass(gradient, x, factor, saved[2], y);
    }

    // Built of operations that can be differentiated again.
    private Tensor?[] Recorded(Tensor gradient, Tensor x, Tensor factor, Tensor? noise, Tensor y)
    {
        var shape = new ActivationShape((float)slope, 1, (float)(clamp ?? double.PositiveInfinity));
        Tensor inner = MaskFunction.Apply(ImageOrder.ChannelsLast(gradient), y, shape);
        Tensor dx = ChannelScale.Apply(inner, factor);
        Tensor dFactor = (inner * x).Sum([2, 3]), dBias = inner.Sum([0, 2, 3]);
        return noise is null ? [dx, dFactor, dBias] : [dx, dFactor, dBias, Reduce(inner.Sum([1], keepDim: true), noise)];
    }

    private Tensor?[] InOnePass(Tensor gradient, Tensor x, Tensor factor, Tensor? noise, Tensor y)
    {
        Tensor g = ImageOrder.ChannelsLast(gradient), f = factor.Contiguous(), dx = x.EmptyLike();
        long n = x.Size(0), channels = x.Size(1), pixels = x.Size(2) * x.Size(3);
        Tensor dNoise = Tensor.Empty([n, 1, x.Size(2), x.Size(3)]);
        var factors = new SampleSums(n, channels);
        var biases = new SampleSums(n, channels);
        var kernel = new Gradients(
            (float*)dx.DataPointer, (float*)g.DataPointer, (float*)x.DataPointer, (float*)y.DataPointer, (float*)f.DataPointer,
            (float*)dNoise.DataPointer, pixels, channels, (float)slope, (float)(clamp ?? double.PositiveInfinity), factors,
            biases);
        LaneLoop.For(n * SampleSums.Parts, 1, kernel);
        GC.KeepAlive(x);
        GC.KeepAlive(y);
        Tensor dBias = biases.PerSample().Sum([0]), dFactor = factors.PerSample();
        return noise is null ? [dx, dFactor, dBias] : [dx, dFactor, dBias, Reduce(dNoise, noise)];
    }

    // Noise may be the same for all samples.
    private static Tensor Reduce(Tensor perSample, Tensor noise)
    {
        Tensor sum = noise.Count == perSample.Count ? perSample : perSample.Sum([0], keepDim: true);
        return sum.Reshape(noise.Shape);
    }

    private readonly struct Gradients(
        float* dx, float* g, float* x, float* y, float* factor, float* dNoise, long pixels, long channels, float slope,
        float limit,
        SampleSums factors, SampleSums biases) : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            float[] factorBlock = new float[channels], biasBlock = new float[channels];
            fixed (float* dFactor = factorBlock, dBias = biasBlock)
            {
                for (long part = begin; part < end; part++)
                {
                    long sample = part / SampleSums.Parts, own = part % SampleSums.Parts;
                    long last = pixels * (own + 1) / SampleSums.Parts;
                    for (long pixel = pixels * own / SampleSums.Parts; pixel < last; pixel += SampleSums.Block)
                    {
                        for (long p = (sample * pixels) + pixel; p < (sample * pixels) + Math.Min(
                            last, pixel + SampleSums.Block); p++)
                        {
                            long at = p * channels;
                            dNoise[p] = StyleRows.FinishGradient<T>(
                                dx + at, g + at, x + at, y + at, factor + (sample * channels), dFactor, dBias, slope, limit,
                                channels);
                        }

                        factors.Add(part, factorBlock);
                        biases.Add(part, biasBlock);
                    }
                }
            }
        }
    }
}
