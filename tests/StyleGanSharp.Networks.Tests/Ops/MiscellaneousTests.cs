using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>Small operators and single layers, all in one golden file.</summary>
public sealed class MiscellaneousTests
{
    private const string File = "ops/misc";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load(File, name).Check(Run, Tolerance);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 5)]
    public void Groups_and_channels_must_divide(int group, int channels)
    {
        using Tensor x = Tensor.Zeros([8, 6, 2, 2]);
        Assert.Throws<ShapeException>(() => MinibatchStd.Apply(x, group, channels));
    }

    private static Tensor Run(OperatorCase c) => c.Text("op", "") switch
    {
        "fma" => c.Inputs["c"].Addcmul(c.Inputs["a"], c.Inputs["b"]),
        "minibatch_std" =>
            Appended(c.Inputs["x"], c.Has("group_size") ? (int?)c.Number("group_size") : 4, c.Int("num_channels", 1)),
        "normalize_2nd_moment" => SecondMoment.Normalize(c.Inputs["x"], c.Int("dim", 1), c.Number("eps") ?? SecondMoment.Epsilon),
        "fully_connected" => FullyConnected(c),
        "conv2d_layer" => Conv2d(c),
        "fourier_input" => FourierInput(c),
        string other => throw new NotSupportedException($"unknown operation {other}"),
    };

    private static Tensor Appended(Tensor x, int? group, int channels) =>
        Tensor.Cat([x, MinibatchStd.Apply(x, group, channels)], 1);

    private static Tensor FullyConnected(OperatorCase c)
    {
        var layer = new FullyConnected(
            (int)c.Inputs["weight"].Size(1), (int)c.Inputs["weight"].Size(0), Initializer.ForLoading, c.Flag("bias", true),
            Activations.Parse(c.Text("activation", "linear")), c.Number("lr_multiplier") ?? 1);
        Load(layer, c);
        return layer.Forward(c.Inputs["x"]);
    }

    private static Tensor Conv2d(OperatorCase c)
    {
        Tensor weight = c.Inputs["weight"];
        var options = new Conv2dOptions
        {
            HasBias = c.Flag("bias", true),
            Activation = Activations.Parse(c.Text("activation", "linear")),
            Up = c.Int("up", 1),
            Down = c.Int("down", 1),
            Clamp = c.Number("conv_clamp"),
            ResampleFilter = c.Numbers("resample_filter") is double[] taps ? [.. taps] : FilterTaps.Default,
        };
        var layer = new Conv2dLayer(
            (int)weight.Size(1), (int)weight.Size(0), (int)weight.Size(3), options, Initializer.ForLoading);
        Load(layer, c);
        return layer.Forward(c.Inputs["x"], c.Number("call_gain") ?? 1);
    }

    private static Tensor FourierInput(OperatorCase c)
    {
        var layer = new SynthesisInput(
            (int)c.Inputs["w"].Size(1), c.Int("channels", 0), c.Size("size"), c.Number("sampling_rate")!.Value, c.Number(
                "bandwidth")!.Value,
            Initializer.ForLoading);
        Load(layer, c);
        foreach (NamedTensor buffer in layer.NamedBuffers())
        {
            buffer.Value.CopyInPlace(c.Inputs[buffer.Name].Detach());
        }

        return layer.Forward(c.Inputs["w"]);
    }

    // The layer's own parameters take part in the graph: they replace the case's inputs of the same name.
    private static void Load(Module layer, OperatorCase c)
    {
        foreach (NamedTensor parameter in layer.NamedParameters().ToList())
        {
            parameter.Value.CopyInPlace(c.Inputs[parameter.Name]);
            parameter.Value.RequiresGrad = true;
            c.Inputs[parameter.Name] = parameter.Value;
        }
    }
}
