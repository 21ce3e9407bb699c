using StyleGanSharp.Networks.Ops.Simd;

namespace StyleGanSharp.Networks.Ops.Modulation;

/// <summary>Work on one pixel of channels-last features: all its channels lie side by side.</summary>
internal static unsafe class StyleRows
{
    /// <summary>to := clamp(lrelu(x · factor + noise + bias)), x from its element <paramref name="at"/> on.</summary>
    internal static void Finish<T, TFrom>(
        float* to, void* x, long at, float* factor, float* bias, float noise, float slope, float limit, long channels)
        where T : struct, ILanes<T>
        where TFrom : struct, IElement
    {
        long i = 0;
        FinishBlocks<T, TFrom>(to, x, at, factor, bias, noise, slope, limit, channels, ref i);
        FinishBlocks<Lanes32, TFrom>(to, x, at, factor, bias, noise, slope, limit, channels, ref i);
    }

    /// <summary>
    /// The gradient of <see cref="Finish"/>: m := g · derivative(y); dx := m · factor; adds m · x to that of the factor and m to
    /// that of the bias.
    /// </summary>
    /// <returns>The gradient of the noise: the sum of m.</returns>
    internal static float FinishGradient<T>(
        float* dx, float* g, float* x, float* y, float* factor, float* dFactor, float* dBias, float slope, float limit,
        long channels)
        where T : struct, ILanes<T>
    {
        long i = 0;
        float sum = FinishGradientBlocks<T>(dx, g, x, y, factor, dFactor, dBias, slope, limit, channels, ref i);
        return sum + FinishGradientBlocks<Lanes32>(dx, g, x, y, factor, dFactor, dBias, slope, limit, channels, ref i);
    }

    /// <summary>to := x · scale, to from its element <paramref name="at"/> on.</summary>
    internal static void Scale<T, TTo>(void* to, long at, float* x, float* scale, long channels)
        where T : struct, ILanes<T>
        where TTo : struct, IElement
    {
        long i = 0;
        ScaleBlocks<T, TTo>(to, at, x, scale, channels, ref i);
        ScaleBlocks<Lanes32, TTo>(to, at, x, scale, channels, ref i);
    }

    /// <summary>The gradient of <see cref="Scale"/>: dx := g · scale; adds g · x to that of the scale.</summary>
    internal static void ScaleGradient<T>(float* dx, float* g, float* x, float* scale, float* dScale, long channels)
        where T : struct, ILanes<T>
    {
        long i = 0;
        ScaleGradientBlocks<T>(dx, g, x, scale, dScale, channels, ref i);
        ScaleGradientBlocks<Lanes32>(dx, g, x, scale, dScale, channels, ref i);
    }

    private static void FinishBlocks<T, TFrom>(
        float* to, void* x, long at, float* factor, float* bias, float noise, float slope, float limit, long channels, ref long i)
        where T : struct, ILanes<T>
        where TFrom : struct, IElement
    {
        T added = T.All(noise), slopes = T.All(slope), limits = T.All(limit);
        for (; i <= channels - T.Count; i += T.Count)
        {
            T v = T.MulAdd(TFrom.Load<T>(x, at + i), T.Load(factor + i), added + T.Load(bias + i));
            T.Store(T.Clamp(T.SelectPositive(v, v, v * slopes), limits), to + i);
        }
    }

    private static float FinishGradientBlocks<T>(
        float* dx, float* g, float* x, float* y, float* factor, float* dFactor, float* dBias, float slope, float limit,
        long channels, ref long i)
        where T : struct, ILanes<T>
    {
        T sum = default, one = T.All(1), slopes = T.All(slope), limits = T.All(limit);
        for (; i <= channels - T.Count; i += T.Count)
        {
            T result = T.Load(y + i);
            T inner = T.Load(g + i) * T.SelectWithin(result, limits, T.SelectPositive(result, one, slopes));
            T.Store(inner * T.Load(factor + i), dx + i);
            T.Store(T.MulAdd(inner, T.Load(x + i), T.Load(dFactor + i)), dFactor + i);
            T.Store(inner + T.Load(dBias + i), dBias + i);
            sum += inner;
        }

        return T.Sum(sum);
    }

    private static void ScaleBlocks<T, TTo>(void* to, long at, float* x, float* scale, long channels, ref long i)
        where T : struct, ILanes<T>
        where TTo : struct, IElement
    {
        for (; i <= channels - T.Count; i += T.Count)
        {
            TTo.Store(T.Load(x + i) * T.Load(scale + i), to, at + i);
        }
    }

    private static void ScaleGradientBlocks<T>(
        float* dx, float* g, float* x, float* scale, float* dScale, long channels, ref long i)
        where T : struct, ILanes<T>
    {
        for (; i <= channels - T.Count; i += T.Count)
        {
            T gradient = T.Load(g + i);
            T.Store(gradient * T.Load(scale + i), dx + i);
            T.Store(T.MulAdd(gradient, T.Load(x + i), T.Load(dScale + i)), dScale + i);
        }
    }
}
