namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>bfloat16: the upper half of a float32.</summary>
internal readonly unsafe struct BFloat16Element : IElement
{
    public static int Size => sizeof(ushort);

    public static T Load<T>(void* memory, long index)
        where T : struct, ILanes<T> => T.LoadBFloat16((ushort*)memory + index);

    public static void Store<T>(T value, void* memory, long index)
        where T : struct, ILanes<T> => T.StoreBFloat16(value, (ushort*)memory + index);
}
