namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>float32.</summary>
internal readonly unsafe struct Float32Element : IElement
{
    public static int Size => sizeof(float);

    public static T Load<T>(void* memory, long index)
        where T : struct, ILanes<T> => T.Load((float*)memory + index);

    public static void Store<T>(T value, void* memory, long index)
        where T : struct, ILanes<T> => T.Store(value, (float*)memory + index);
}
