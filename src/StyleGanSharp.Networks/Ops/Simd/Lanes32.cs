namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>A single number: what is left over at the end of a row.</summary>
internal readonly unsafe struct Lanes32 : ILanes<Lanes32>
{
    private readonly float value;

    private Lanes32(float value) => this.value = value;

    public static int Count => 1;

    public static Lanes32 operator +(Lanes32 a, Lanes32 b) => new(a.value + b.value);

    public static Lanes32 operator -(Lanes32 a, Lanes32 b) => new(a.value - b.value);

    public static Lanes32 operator *(Lanes32 a, Lanes32 b) => new(a.value * b.value);

    public static Lanes32 All(float value) => new(value);

    public static Lanes32 Load(float* from) => new(*from);

    public static void Store(Lanes32 value, float* to) => *to = value.value;

    public static Lanes32 MulAdd(Lanes32 a, Lanes32 b, Lanes32 c) => new(float.MultiplyAddEstimate(a.value, b.value, c.value));

    public static Lanes32 Clamp(Lanes32 value, Lanes32 limit) => new(Math.Min(limit.value, Math.Max(-limit.value, value.value)));

    public static Lanes32 SelectPositive(Lanes32 value, Lanes32 positive, Lanes32 otherwise) =>
        value.value > 0 ? positive : otherwise;

    public static Lanes32 SelectWithin(Lanes32 value, Lanes32 limit, Lanes32 kept) =>
        Math.Abs(value.value) < limit.value ? kept : default;

    public static float Sum(Lanes32 value) => value.value;

    public static Lanes32 LoadBFloat16(ushort* from) => new(BitConverter.UInt32BitsToSingle((uint)*from << 16));

    public static void StoreBFloat16(Lanes32 value, ushort* to) => *to = ToBFloat16(value.value);

    public static Lanes32 LoadSigns(sbyte* from) => new(*from);

    public static void StoreSigns(Lanes32 value, sbyte* to) => *to = (sbyte)value.value;

    /// <summary>The bits of the nearest bfloat16 number, ties to even.</summary>
    internal static ushort ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7FC0 : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
