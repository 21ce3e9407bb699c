namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>How numbers lie in memory; kernels compute in float32 whatever it is.</summary>
internal unsafe interface IElement
{
    /// <summary>Bytes of one number.</summary>
    static abstract int Size { get; }

    /// <summary>Reads lanes from element <paramref name="index"/> on.</summary>
    static abstract T Load<T>(void* memory, long index)
        where T : struct, ILanes<T>;

    /// <summary>Writes lanes from element <paramref name="index"/> on.</summary>
    static abstract void Store<T>(T value, void* memory, long index)
        where T : struct, ILanes<T>;
}
