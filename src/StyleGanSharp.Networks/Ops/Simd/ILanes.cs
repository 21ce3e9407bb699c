namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>
/// Several float32 numbers that a processor works on at once. Kernels are written once over this interface; the compiler makes
/// one version of each for every width, without indirection.
/// </summary>
internal unsafe interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>Numbers at once.</summary>
    static abstract int Count { get; }

    /// <summary>The same number everywhere.</summary>
    static abstract T All(float value);

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    static abstract T Load(float* from);

    /// <summary>Writes <see cref="Count"/> numbers.</summary>
    static abstract void Store(T value, float* to);

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator *(T a, T b);

    /// <summary>a·b + c with one rounding, where the processor can.</summary>
    static abstract T MulAdd(T a, T b, T c);

    /// <summary>Brings into [-limit, limit]; NaN stays NaN.</summary>
    static abstract T Clamp(T value, T limit);

    /// <summary>One or the other, by the sign of <paramref name="value"/>; zero is not positive.</summary>
    static abstract T SelectPositive(T value, T positive, T otherwise);

    /// <summary><paramref name="kept"/> where |value| is below the limit, else 0.</summary>
    static abstract T SelectWithin(T value, T limit, T kept);

    /// <summary>The sum of all.</summary>
    static abstract float Sum(T value);

    /// <summary>Reads <see cref="Count"/> bfloat16 numbers: the upper halves of float32 ones.</summary>
    static abstract T LoadBFloat16(ushort* from);

    /// <summary>Writes <see cref="Count"/> numbers as bfloat16, rounded to the nearest, ties to even; NaN stays NaN.</summary>
    static abstract void StoreBFloat16(T value, ushort* to);

    /// <summary>Reads <see cref="Count"/> signs (-1, 0, 1) as numbers.</summary>
    static abstract T LoadSigns(sbyte* from);

    /// <summary>Writes numbers that are -1, 0 or 1.</summary>
    static abstract void StoreSigns(T value, sbyte* to);
}
