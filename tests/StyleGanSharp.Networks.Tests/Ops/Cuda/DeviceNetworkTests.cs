using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Ops.Cuda;

/// <summary>Whole generators on a device, with all kernels in place, against the same ones on the processor.</summary>
[Trait("Kind", "Gpu")]
public sealed class DeviceNetworkTests : IDisposable
{
    // Convolutions on the device add up in another order, layer after layer.
    private const double Tolerance = 2e-3;

    private readonly RandomGenerator random = new(11);
    private readonly CudaSettings before = CudaSettings.Current;

    public void Dispose()
    {
        before.Apply();
        random.Dispose();
    }

    [Fact]
    public void StyleGan2_is_the_same_network_and_can_be_recorded()
    {
        var options = new Networks.StyleGan2.GeneratorOptions
        {
            Resolution = 32,
            ChannelBase = 512,
            ChannelMax = 32,
            ZDim = 16,
            WDim = 16
        };
        using var generator = new Networks.StyleGan2.Generator(options, Initializer.Random(random));
        Check(generator, ws => generator.Synthesize(ws, NoiseInput.Const), generator.Map, options.ZDim);
    }

    [Fact]
    public void StyleGan3_is_the_same_network_and_can_be_recorded()
    {
        var options = new Networks.StyleGan3.GeneratorOptions
        {
            Resolution = 32,
            ChannelBase = 512,
            ChannelMax = 32,
            ZDim = 16,
            WDim = 16,
            NumLayers = 6,
            NumFp16Res = 0
        };
        using var generator = new Networks.StyleGan3.Generator(options, Initializer.Random(random));
        Check(generator, ws => generator.Synthesize(ws, NoiseInput.None), generator.Map, options.ZDim);
    }

    private void Check(Module generator, Func<Tensor, Tensor> synthesize, Func<Tensor, Tensor?, Tensor> map, int zDim)
    {
        KernelPlace place = KernelPlace.RequireDevice();
        new CudaSettings().Apply();
        using var scope = new TensorScope();
        Tensor ws = map(Tensor.RandN([2, zDim], random), null), expected;
        using (GradMode.Off())
        {
            expected = synthesize(ws);
        }

        Tensor slope = SlopeOf(synthesize, ws);
        generator.To(place.Device);
        Tensor there = place.Put(ws);
        using (GradMode.Off())
        {
            Close.To(expected, synthesize(there), Tolerance, "on the device");
        }

        Close.To(slope, SlopeOf(synthesize, there), Tolerance * 5, "gradient on the device");
        using RecordedFunction recorded = RecordedFunction.Record(synthesize, place.Put(ws.ZerosLike()));
        Close.To(expected, recorded.Call(there), Tolerance, "recorded");
        Close.To(expected, recorded.Call(there), Tolerance, "recorded, again");
    }

    // Gradient of the images' mean square.
    private static Tensor SlopeOf(Func<Tensor, Tensor> synthesize, Tensor ws)
    {
        Tensor leaf = ws.Detach();
        leaf.RequiresGrad = true;
        return Gradient.Of(synthesize(leaf).Square().Mean(), leaf);
    }
}
