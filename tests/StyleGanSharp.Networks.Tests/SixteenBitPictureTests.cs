using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Networks.Tests.Ops;
using StyleGanSharp.Networks.Tests.Ops.Cuda;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using AliasFree = StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Tests;

/// <summary>Images with features of 16 bits, as CUDA devices make them, against those in float32.</summary>
public sealed class SixteenBitPictureTests
{
    public static TheoryData<string> Networks =>
        ["stylegan2", "stylegan2 without clamp", "stylegan2, residual", "stylegan3-t", "stylegan3-r"];

    [Theory, MemberData(nameof(Networks)), WithTensorScope]
    public void BFloat16_features_on_the_processor_stay_close_to_float32(string name)
    {
        BFloat16.Require();
        FastOpsOff.Skip();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(4);
        using IGenerator generator = Create(name, Initializer.Random(draws));
        Force(generator, DType.BFloat16);
        Tensor ws = Ws(generator), exact = FastDistance.Require(generator, name, ws);
        ((IReducedPrecision)generator).Precision = Precision.Float32;
        Close.To(exact, generator.Synthesize(ws, NoiseInput.Const), 0, $"{name}: back to float32");
    }

    [Theory, MemberData(nameof(Networks)), WithTensorScope, Trait("Kind", "Gpu")]
    public void Features_on_a_device_stay_close_to_float32(string name)
    {
        KernelPlace place = KernelPlace.RequireDevice();
        Assert.SkipWhen(CudaPrecision.FeaturesOn(place.Device) is null,
            "the device is older than compute capability 7.0 and has no faster form.");
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(4);
        using IGenerator generator = Create(name, Initializer.Random(draws));
        generator.To(place.Device);
        foreach (DType? type in new DType?[] { null, DType.Float16 })
        {
            Force(generator, type);
            FastDistance.Require(generator, $"{name} in {type?.ToString() ?? "the device's own type"}", place.Put(Ws(generator)));
        }
    }

    [Fact, WithTensorScope]
    public void Weights_that_change_are_prepared_again()
    {
        BFloat16.Require();
        FastOpsOff.Skip();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(5);
        using var generator = (Generator)Create("stylegan2", Initializer.Random(draws));
        Force(generator, DType.BFloat16);
        generator.Precision = Precision.Fast;
        Tensor ws = Ws(generator), before = generator.Synthesize(ws, NoiseInput.Const);
        foreach (NamedTensor parameter in generator.NamedParameters().Where(
            p => p.Name.EndsWith("conv1.weight", StringComparison.Ordinal)))
        {
            parameter.Value.CopyInPlace(parameter.Value.Flip(0, 1));
        }

        FastDistance.Require(generator, "changed weights", ws);
        generator.Precision = Precision.Fast;
        Assert.True((generator.Synthesize(ws, NoiseInput.Const) - before).Abs().Max().Item() > 0.1);
    }

    [Fact, WithTensorScope]
    public void Features_go_from_block_to_block_in_16_bits_channels_last_and_colours_in_float32()
    {
        BFloat16.Require();
        FastOpsOff.Skip();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(6);
        using var generator = (Generator)Create("stylegan2", Initializer.Random(draws));
        SynthesisBlock block = generator.Synthesis.Blocks[^1];
        block.Features16 = DType.BFloat16;
        Tensor ws = Tensor.RandN([2, block.NumConv + block.NumToRgb, 64], draws), below = Tensor.RandN([2, 128, 64, 64], draws);
        (Tensor features, Tensor? image) = block.Forward(below, Tensor.RandN([2, 3, 64, 64], draws), ws, NoiseInput.Const);
        Assert.Equal(DType.BFloat16, features.DType);
        Assert.True(features.IsChannelsLast);
        Assert.Equal(DType.Float32, image!.DType);

        using GradMode recorded = GradMode.On();
        Assert.Equal(DType.Float32, block.Forward(below, null, ws, NoiseInput.Const).Features.DType);
    }

    [Theory]
    [InlineData(90, DType.BFloat16)]
    [InlineData(80, DType.BFloat16)]
    [InlineData(75, DType.Float16)]
    [InlineData(70, DType.Float16)]
    [InlineData(61, null)]
    public void The_type_is_what_the_device_computes_with(int capability, DType? type)
    {
        Assert.Equal(type, CudaPrecision.FeaturesOf(capability));
        var device = new Device(DeviceType.Cuda, 1);
        Assert.Equal(type is null
            ? "cuda:1 is of compute capability 6.1, and a faster form needs 7.0"
            : null, CudaPrecision.Obstacle(capability, false, device));
        if (type == DType.Float16)
        {
            Assert.Equal(
                $"cuda:1 is of compute capability {capability / 10}.{capability % 10}, and training in bfloat16 needs 8.0",
                CudaPrecision.Obstacle(capability, true, device));
        }
    }

    private static Tensor Ws(IGenerator generator)
    {
        using var draws = new RandomGenerator(8);
        return Tensor.RandN([2, generator.NumWs, generator.WDim], draws);
    }

    private static void Force(IGenerator generator, DType? type)
    {
        if (generator is Generator g)
        {
            g.Synthesis.ForcedFeatures = type;
        }
        else
        {
            ((AliasFree.Generator)generator).Synthesis.ForcedFeatures = type;
        }
    }

    private static IGenerator Create(string name, Initializer init)
    {
        var two = new GeneratorOptions { Resolution = 128, ChannelBase = 8192, ChannelMax = 128, ZDim = 64, WDim = 64 };
        var three = new AliasFree.GeneratorOptions { Resolution = 64, ChannelBase = 2048, ChannelMax = 64, ZDim = 64, WDim = 64 };
        return name switch
        {
            "stylegan2" => new Generator(two, init),
            "stylegan2 without clamp" => new Generator(two with { ConvClamp = null }, init),
            "stylegan2, residual" => new Generator(two with { Architecture = Architecture.Resnet }, init),
            "stylegan3-t" => new AliasFree.Generator(three, init),
            _ => new AliasFree.Generator(three with { KernelSize = 1, UseRadialFilters = true }, init),
        };
    }
}
