using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Simd;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Networks.Tests.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Tests;

/// <summary>Images with bfloat16 convolutions against those in float32.</summary>
public sealed unsafe class FastPrecisionTests
{
    public static TheoryData<string> Networks => ["stylegan2", "stylegan3-t", "stylegan3-r"];

    [Theory, MemberData(nameof(Networks)), WithTensorScope]
    public void Pictures_stay_close_to_float32(string name)
    {
        BFloat16.Require();
        FastOpsOff.Skip();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(4);
        using IGenerator generator = Create(name, Initializer.Random(draws));
        Tensor ws = generator.Map(Tensor.RandN([2, generator.ZDim], draws), null);
        Tensor exact = FastDistance.Require(generator, name, ws);
        ((IReducedPrecision)generator).Precision = Precision.Float32;
        Close.To(exact, generator.Synthesize(ws, NoiseInput.Const), 0, $"{name}: back to float32");
    }

    [Theory]
    [InlineData(512)]
    [InlineData(256)]
    [InlineData(128)]
    [InlineData(32)]
    public void Rounding_is_that_of_the_engine(int bits)
    {
        Assert.SkipWhen(bits > SimdWidth.Supported, $"this processor has no lanes of {bits} bits, only of {SimdWidth.Supported}");
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(6);
        Tensor x = Tensor.RandN([16 * 500], draws) * 1e3;
        x.AsSpan<float>()[0] = float.NaN;
        x.AsSpan<float>()[1] = float.PositiveInfinity;
        x.AsSpan<float>()[2] = BitConverter.UInt32BitsToSingle(0x3F808000); // half way between two: to the even one
        x.AsSpan<float>()[3] = BitConverter.UInt32BitsToSingle(0x3F818000);
        x.AsSpan<float>()[4] = BitConverter.UInt32BitsToSingle(0x7FFFFFFF); // a NaN whose bits would carry over
        var halves = new ushort[x.Count];
        var back = new float[x.Count];
        fixed (ushort* to = halves)
        fixed (float* again = back)
        {
            switch (bits)
            {
                case 512: There<Lanes512>((float*)x.DataPointer, to, again, halves.Length); break;
                case 256: There<Lanes256>((float*)x.DataPointer, to, again, halves.Length); break;
                case 128: There<Lanes128>((float*)x.DataPointer, to, again, halves.Length); break;
                default: There<Lanes32>((float*)x.DataPointer, to, again, halves.Length); break;
            }
        }

        float[] expected = x.To(DType.BFloat16).To(DType.Float32).ToArray<float>();
        Assert.Equal(expected, back);
    }

    private static void There<T>(float* from, ushort* to, float* again, int count)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < count; i += T.Count)
        {
            T.StoreBFloat16(T.Load(from + i), to + i);
            T.Store(T.LoadBFloat16(to + i), again + i);
        }
    }

    private static IGenerator Create(string name, Initializer init) => name switch
    {
        "stylegan2" => new Generator(
            new GeneratorOptions { Resolution = 128, ChannelBase = 4096, ChannelMax = 128, ZDim = 64, WDim = 64 }, init),
        "stylegan3-t" => new AliasFree.Generator(
            new AliasFree.GeneratorOptions { Resolution = 64, ChannelBase = 2048, ChannelMax = 64, ZDim = 64, WDim = 64 }, init),
        _ => new AliasFree.Generator(
            new AliasFree.GeneratorOptions
            {
                Resolution = 64,
                ChannelBase = 2048,
                ChannelMax = 64,
                ZDim = 64,
                WDim = 64,
                KernelSize = 1,
                UseRadialFilters = true
            }, init),
    };
}
