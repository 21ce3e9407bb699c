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

    public static Lanes32 SelectPositive(Lanes32 value, Lanes32 positive, Lanes32 otherwise) => value.value > 0 ? positive : otherwise;

    public static Lanes32 SelectWithin(Lanes32 value, Lanes32 limit, Lanes32 kept) => Math.Abs(value.value) < limit.value ? kept : default;

    public static float Sum(Lanes32 value) => value.value;

    public static Lanes32 LoadSigns(sbyte* from) => new(*from);

    public static void StoreSigns(Lanes32 value, sbyte* to) => *to = (sbyte)value.value;
}
