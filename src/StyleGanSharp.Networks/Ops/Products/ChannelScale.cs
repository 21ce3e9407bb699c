using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Products;

/// <summary>
/// Features times a factor per sample and channel: the modulation of a style layer, with both gradients in one pass on the CPU.
/// </summary>
internal sealed unsafe class ChannelScale : AutogradFunction
{
    /// <summary>x · scale.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="scale">[N, C], dtype of <paramref name="x"/>.</param>
    /// <returns>[N, C, H, W], on the CPU channels-last.</returns>
    internal static Tensor Apply(Tensor x, Tensor scale)
    {
        if (!FastOps.Take(x) || scale.DType != DType.Float32)
        {
            return Reference(x, scale);
        }

        Shape.Require(scale, [x.Size(0), x.Size(1)]);
        using var scope = new TensorScope();
        x = ImageOrder.ChannelsLast(x);
        return scope.Keep(
            GradMode.IsEnabled ? new ChannelScale().Apply([x, scale.Contiguous()]) : Multiply(x, scale.Contiguous()));
    }

    /// <summary>x · scale rounded to bfloat16, where nothing is recorded: the input of a convolution in that precision.</summary>
    /// <param name="x">[N, C, H, W] float32 on the CPU.</param>
    /// <param name="scale">[N, C] float32.</param>
    /// <returns>[N, C, H, W] bfloat16, channels-last.</returns>
    internal static Tensor ToBFloat16(Tensor x, Tensor scale)
    {
        using var scope = new TensorScope();
        x = ImageOrder.ChannelsLast(x);
        Tensor rows = Tensor.Empty([x.Size(0), x.Size(2), x.Size(3), x.Size(1)], DType.BFloat16);
        Multiply<BFloat16Element>(rows, x, scale.Contiguous());
        return scope.Keep(rows.Permute(0, 3, 1, 2));
    }

    /// <summary>The definition, for any device and dtype.</summary>
    internal static Tensor Reference(Tensor x, Tensor scale) => x * scale.Unsqueeze(2).Unsqueeze(3);

    /// <inheritdoc/>
    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        context.Save(inputs);
        return Multiply(inputs[0], inputs[1]);
    }

    /// <inheritdoc/>
    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        Tensor?[] saved = context.Saved(2);
        Tensor x = saved[0]!, scale = saved[1]!;
        bool first = context.Needs(0), second = context.Needs(1);
        if (GradMode.IsEnabled)
        {
            return [first ? Apply(gradient, scale) : null, second ? (gradient * x).Sum([2, 3]) : null];
        }

        if (!second)
        {
            return [Multiply(ImageOrder.ChannelsLast(gradient), scale), null];
        }

        Tensor g = ImageOrder.ChannelsLast(gradient), dx = g.EmptyLike();
        long pixels = x.Size(2) * x.Size(3);
        var sums = new SampleSums(x.Size(0), x.Size(1));
        LaneLoop.For(
            x.Size(0) * SampleSums.Parts, 1,
            new Gradients((float*)dx.DataPointer, (float*)g.DataPointer, (float*)x.DataPointer, (float*)scale.DataPointer, pixels,
                x.Size(1), sums));
        GC.KeepAlive(x);
        GC.KeepAlive(scale);
        return [dx, sums.PerSample()];
    }

    private static Tensor Multiply(Tensor x, Tensor scale)
    {
        Tensor result = x.EmptyLike();
        Multiply<Float32Element>(result, x, scale);
        return result;
    }

    private static void Multiply<TTo>(Tensor to, Tensor x, Tensor scale)
        where TTo : struct, IElement
    {
        long channels = x.Size(1), pixels = x.Size(2) * x.Size(3);
        var kernel = new Products<TTo>((void*)to.DataPointer, (float*)x.DataPointer, (float*)scale.DataPointer, pixels, channels);
        LaneLoop.For(x.Size(0) * pixels, LaneLoop.Grain / channels, kernel);
        GC.KeepAlive(to);
        GC.KeepAlive(x);
        GC.KeepAlive(scale);
    }

    private readonly struct Products<TTo>(void* to, float* x, float* scale, long pixels, long channels) : ILaneKernel
        where TTo : struct, IElement
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            for (long i = begin; i < end; i++)
            {
                StyleRows.Scale<T, TTo>(to, i * channels, x + (i * channels), scale + (i / pixels * channels), channels);
            }
        }
    }

    private readonly struct Gradients(float* dx, float* g, float* x, float* scale, long pixels, long channels, SampleSums sums)
        : ILaneKernel
    {
        public void Part<T>(long begin, long end)
            where T : struct, ILanes<T>
        {
            var memory = new float[channels];
            fixed (float* block = memory)
            {
                for (long part = begin; part < end; part++)
                {
                    long sample = part / SampleSums.Parts, own = part % SampleSums.Parts;
                    long last = pixels * (own + 1) / SampleSums.Parts;
                    for (long pixel = pixels * own / SampleSums.Parts; pixel < last; pixel += SampleSums.Block)
                    {
                        for (long p = pixel; p < Math.Min(last, pixel + SampleSums.Block); p++)
                        {
                            long at = ((sample * pixels) + p) * channels;
                            StyleRows.ScaleGradient<T>(dx + at, g + at, x + at, scale + (sample * channels), block, channels);
                        }

                        sums.Add(part, memory);
                    }
                }
            }
        }
    }
}
