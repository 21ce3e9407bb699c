using System.Numerics;

namespace StyleGanSharp.Torch.Optimizers;

/// <summary>One step of <see cref="Adam"/> in one pass over memory: the CPU form of <see cref="AdamUpdate.Apply"/>.</summary>
internal static unsafe class AdamKernel
{
    // Elements that one thread takes at least.
    private const long Grain = 1 << 14;

    internal static bool Accepts(Tensor parameter, Tensor gradient) =>
        parameter.Device.Type == DeviceType.Cpu && parameter.DType == DType.Float32 && gradient.DType == DType.Float32
        && parameter.IsContiguous;

    internal static void Apply(Tensor parameter, Tensor gradient, Tensor? mean, Tensor square, AdamUpdate update)
    {
        using var scope = new TensorScope();
        Tensor plain = gradient.Contiguous();
        var p = (float*)parameter.DataPointer;
        var g = (float*)plain.DataPointer;
        var m = mean is null ? null : (float*)mean.DataPointer;
        var s = (float*)square.DataPointer;
        TorchParallel.For(0, parameter.Count, Grain, (begin, end) => Range(p, g, m, s, begin, end, update));
        // Writing past libtorch leaves the version as it was; what was derived from the parameter looks at it. No element is
        // touched.
        parameter.Reshape(-1).Slice(0, 0, 0).FillInPlace(0);
        GC.KeepAlive(plain);
    }

    private static void Range(float* p, float* g, float* m, float* s, long begin, long end, in AdamUpdate u)
    {
        var (step, root, epsilon) = ((float)u.Step, (float)u.RootScale, (float)u.Epsilon);
        var (beta1, rest1, beta2, rest2) = ((float)u.Beta1, (float)(1 - u.Beta1), (float)u.Beta2, (float)(1 - u.Beta2));
        long i = begin;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> gradient = Vector.Load(g + i), direction = gradient;
            Vector<float> squares = (Vector.Load(s + i) * beta2) + (gradient * gradient * rest2);
            squares.Store(s + i);
            if (m is not null)
            {
                direction = (Vector.Load(m + i) * beta1) + (gradient * rest1);
                direction.Store(m + i);
            }

            Vector<float> size = (Vector.SquareRoot(squares) * root) + new Vector<float>(epsilon);
            (Vector.Load(p + i) - (direction / size * step)).Store(p + i);
        }

        for (; i < end; i++)
        {
            float direction = g[i];
            s[i] = (s[i] * beta2) + (g[i] * g[i] * rest2);
            if (m is not null)
            {
                direction = m[i] = (m[i] * beta1) + (g[i] * rest1);
            }

            p[i] -= direction / ((MathF.Sqrt(s[i]) * root) + epsilon) * step;
        }
    }
}
