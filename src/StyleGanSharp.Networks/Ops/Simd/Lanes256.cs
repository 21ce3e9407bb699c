using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>Eight numbers: AVX2.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Lanes256>
{
    private readonly Vector256<float> value;

    private Lanes256(Vector256<float> value) => this.value = value;

    public static int Count => Vector256<float>.Count;

    public static Lanes256 operator +(Lanes256 a, Lanes256 b) => new(a.value + b.value);

    public static Lanes256 operator -(Lanes256 a, Lanes256 b) => new(a.value - b.value);

    public static Lanes256 operator *(Lanes256 a, Lanes256 b) => new(a.value * b.value);

    public static Lanes256 All(float value) => new(Vector256.Create(value));

    public static Lanes256 Load(float* from) => new(Vector256.Load(from));

    public static void Store(Lanes256 value, float* to) => value.value.Store(to);

    public static Lanes256 MulAdd(Lanes256 a, Lanes256 b, Lanes256 c) =>
        new(Vector256.MultiplyAddEstimate(a.value, b.value, c.value));

    // The native forms return the second operand where one is NaN.
    public static Lanes256 Clamp(Lanes256 value, Lanes256 limit) =>
        new(Vector256.MinNative(limit.value, Vector256.MaxNative(-limit.value, value.value)));

    public static Lanes256 SelectPositive(Lanes256 value, Lanes256 positive, Lanes256 otherwise) =>
        new(Vector256.ConditionalSelect(
            Vector256.GreaterThan(value.value, Vector256<float>.Zero), positive.value, otherwise.value));

    public static Lanes256 SelectWithin(Lanes256 value, Lanes256 limit, Lanes256 kept) =>
        new(Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256.Abs(value.value), limit.value), kept.value, Vector256<float>.Zero));

    public static float Sum(Lanes256 value) => Vector256.Sum(value.value);

    public static Lanes256 LoadBFloat16(ushort* from) => new((Avx2.ConvertToVector256Int32(from) << 16).AsSingle());

    public static void StoreBFloat16(Lanes256 value, ushort* to)
    {
        Vector256<uint> bits = value.value.AsUInt32();
        Vector256<uint> rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >>> 16) & Vector256<uint>.One)) >>> 16;
        Vector256<uint> kept = Vector256.ConditionalSelect(
            Vector256.Equals(value.value, value.value).AsUInt32(), rounded, Vector256.Create(0x7FC0u));
        Vector128.Narrow(kept.GetLower(), kept.GetUpper()).Store(to);
    }

    public static Lanes256 LoadSigns(sbyte* from) =>
        new(Vector256.ConvertToSingle(Avx2.ConvertToVector256Int32(from)));

    public static void StoreSigns(Lanes256 value, sbyte* to)
    {
        Vector256<int> whole = Vector256.ConvertToInt32Native(value.value);
        Vector128<short> halves = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
        Vector128.Narrow(halves, halves).GetLower().Store(to);
    }
}
