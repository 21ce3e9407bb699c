namespace StyleGanSharp.Data.Numpy;

/// <summary>What a .npy file declares before its elements.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The sizes of the dimensions; empty for a scalar.</param>
/// <param name="BigEndian">The elements have their high byte first.</param>
/// <param name="FortranOrder">The first dimension varies fastest.</param>
/// <param name="DataLength">Bytes of all elements.</param>
internal sealed record NumpyHeader(NumpyType Type, long[] Shape, bool BigEndian, bool FortranOrder, long DataLength)
{
    /// <summary>Bytes before the first element.</summary>
    public long DataStart { get; init; }
}
