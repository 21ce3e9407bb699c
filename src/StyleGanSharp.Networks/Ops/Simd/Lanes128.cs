using System.Runtime.Intrinsics;

namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>Four numbers: what every processor has, in software where it has not.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Lanes128>
{
    private readonly Vector128<float> value;

    private Lanes128(Vector128<float> value) => this.value = value;

    public static int Count => Vector128<float>.Count;

    public static Lanes128 operator +(Lanes128 a, Lanes128 b) => new(a.value + b.value);

    public static Lanes128 operator -(Lanes128 a, Lanes128 b) => new(a.value - b.value);

    public static Lanes128 operator *(Lanes128 a, Lanes128 b) => new(a.value * b.value);

    public static Lanes128 All(float value) => new(Vector128.Create(value));

    public static Lanes128 Load(float* from) => new(Vector128.Load(from));

    public static void Store(Lanes128 value, float* to) => value.value.Store(to);

    public static Lanes128 MulAdd(Lanes128 a, Lanes128 b, Lanes128 c) =>
        new(Vector128.MultiplyAddEstimate(a.value, b.value, c.value));

    // The native forms return the second operand where one is NaN.
    public static Lanes128 Clamp(Lanes128 value, Lanes128 limit) =>
        new(Vector128.MinNative(limit.value, Vector128.MaxNative(-limit.value, value.value)));

    public static Lanes128 SelectPositive(Lanes128 value, Lanes128 positive, Lanes128 otherwise) =>
        new(Vector128.ConditionalSelect(
            Vector128.GreaterThan(value.value, Vector128<float>.Zero), positive.value, otherwise.value));

    public static Lanes128 SelectWithin(Lanes128 value, Lanes128 limit, Lanes128 kept) =>
        new(Vector128.ConditionalSelect(
            Vector128.LessThan(Vector128.Abs(value.value), limit.value), kept.value, Vector128<float>.Zero));

    public static float Sum(Lanes128 value) => Vector128.Sum(value.value);

    public static Lanes128 LoadBFloat16(ushort* from) =>
        new((Vector128.Create((uint)from[0], from[1], from[2], from[3]) << 16).AsSingle());

    public static void StoreBFloat16(Lanes128 value, ushort* to)
    {
        for (int i = 0; i < Count; i++)
        {
            to[i] = Lanes32.ToBFloat16(value.value.GetElement(i));
        }
    }

    public static Lanes128 LoadSigns(sbyte* from) => new(Vector128.Create((float)from[0], from[1], from[2], from[3]));

    public static void StoreSigns(Lanes128 value, sbyte* to)
    {
        for (int i = 0; i < Count; i++)
        {
            to[i] = (sbyte)value.value.GetElement(i);
        }
    }
}
