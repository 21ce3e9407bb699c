using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StyleGanSharp.Networks.Ops.Simd;

/// <summary>Sixteen numbers: AVX-512.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Lanes512>
{
    private readonly Vector512<float> value;

    private Lanes512(Vector512<float> value) => this.value = value;

    public static int Count => Vector512<float>.Count;

    public static Lanes512 operator +(Lanes512 a, Lanes512 b) => new(a.value + b.value);

    public static Lanes512 operator -(Lanes512 a, Lanes512 b) => new(a.value - b.value);

    public static Lanes512 operator *(Lanes512 a, Lanes512 b) => new(a.value * b.value);

    public static Lanes512 All(float value) => new(Vector512.Create(value));

    public static Lanes512 Load(float* from) => new(Vector512.Load(from));

    public static void Store(Lanes512 value, float* to) => value.value.Store(to);

    public static Lanes512 MulAdd(Lanes512 a, Lanes512 b, Lanes512 c) =>
        new(Vector512.MultiplyAddEstimate(a.value, b.value, c.value));

    // The native forms return the second operand where one is NaN.
    public static Lanes512 Clamp(Lanes512 value, Lanes512 limit) =>
        new(Vector512.MinNative(limit.value, Vector512.MaxNative(-limit.value, value.value)));

    public static Lanes512 SelectPositive(Lanes512 value, Lanes512 positive, Lanes512 otherwise) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThan(value.value, Vector512<float>.Zero), positive.value, otherwise.value));

    public static Lanes512 SelectWithin(Lanes512 value, Lanes512 limit, Lanes512 kept) =>
        new(Vector512.ConditionalSelect(
            Vector512.LessThan(Vector512.Abs(value.value), limit.value), kept.value, Vector512<float>.Zero));

    public static float Sum(Lanes512 value) => Vector512.Sum(value.value);

    public static Lanes512 LoadBFloat16(ushort* from) =>
        new((Avx512F.ConvertToVector512UInt32(Vector256.Load(from)) << 16).AsSingle());

    public static void StoreBFloat16(Lanes512 value, ushort* to)
    {
        Vector512<uint> bits = value.value.AsUInt32();
        Vector512<uint> rounded = (bits + Vector512.Create(0x7FFFu) + ((bits >>> 16) & Vector512<uint>.One)) >>> 16;
        Vector512<uint> kept = Vector512.ConditionalSelect(
            Vector512.Equals(value.value, value.value).AsUInt32(), rounded, Vector512.Create(0x7FC0u));
        Avx512F.ConvertToVector256UInt16(kept).Store(to);
    }

    public static Lanes512 LoadSigns(sbyte* from) =>
        new(Vector512.ConvertToSingle(Avx512F.ConvertToVector512Int32(Vector128.Load(from))));

    public static void StoreSigns(Lanes512 value, sbyte* to) =>
        Avx512F.ConvertToVector128SByte(Vector512.ConvertToInt32Native(value.value)).Store(to);
}
