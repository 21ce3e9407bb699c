namespace StyleGanSharp.Torch.Interop;

/// <summary><c>sg_tag</c>: what a <see cref="NativeValue"/> holds.</summary>
internal enum NativeTag
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    DoubleList = 6,
    BoolList = 7,
    TensorList = 8,
    String = 9,
    Device = 10,
    Generator = 11,
}
