using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.TensorFlow;

/// <summary>Records whose options and variables do not fit each other are refused with a message that names the place.</summary>
public sealed class TfStyleGanLoaderTests
{
    [Theory]
    [InlineData("resolution", 64L, "64x64")]
    [InlineData("resolution", 48L, "power of two")]
    [InlineData("resolution", 1L << 40, "resolution")]
    [InlineData("fmap_max", 16L, "Conv")]
    [InlineData("mapping_layers", 7L, "Dense6")]
    [InlineData("mapping_layers", 9L, "Dense")]
    [InlineData("label_size", 3L, "Dense0")]
    [InlineData("num_channels", 1L, "torgb")]
    [InlineData("nonlinearity", "tanh", "nonlinearity")]
    [InlineData("use_noise", false, "noise")]
    [InlineData("use_wscale", false, "use_wscale")]
    [InlineData("fused_scale", 2L, "fused_scale")]
    public void Options_that_the_variables_do_not_fit_are_refused(string option, object value, string named)
    {
        TfNetworkRecord g = Load("stylegan1-32", "Gs");
        var options = g.StaticKwargs.ToDictionary(p => p.Key, p => p.Value);
        options[option] = value;
        SnapshotException e = Assert.Throws<SnapshotException>(
            () => TfStyleGanLoader.StyleGan1Generator("file", "Gs", With(g, options, g.Variables)));
        Assert.Contains(named, e.Message);
        Assert.StartsWith("file: ", e.Message);
    }

    [Theory, InlineData("stylegan1-32"), InlineData("stylegan2-config-f-32"), InlineData("stylegan2-config-d-32"), InlineData(
        "stylegan2-ada-tf-labels-32")]
    public void Every_variable_of_a_discriminator_is_needed_and_none_may_be_left(string name)
    {
        TfNetworkRecord d = Load(name, "D");
        foreach (string variable in d.Variables.Keys)
        {
            Dictionary<string, NumpyArray> less = d.Variables.Where(v => v.Key != variable).ToDictionary();
            Assert.Throws<SnapshotException>(() => Build(With(d, d.StaticKwargs, less)));
        }

        Dictionary<string, NumpyArray> more = d.Variables.ToDictionary();
        more.Add("64x64/Conv0/weight", d.Variables.Values.First());
        Assert.Contains("64x64/Conv0/weight", Assert.Throws<SnapshotException>(
            () => Build(With(d, d.StaticKwargs, more))).Message);
        Build(With(d, d.StaticKwargs, d.Variables)).Dispose();
    }

    [Fact]
    public void A_constant_of_another_shape_makes_pictures_that_are_not_square()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using Generator generator = (Generator)TfStyleGanLoader.StyleGan2Generator("file", "Gs", Reshaped(5, 3, []));
        Assert.Equal((24, 40), (generator.Width, generator.Height));
        Tensor image = generator.Forward(Tensor.Ones([1, generator.ZDim]));
        Assert.Equal([1, 3, 40, 24], image.Shape.ToArray());
        using (TfStyleGanLoader.StyleGan2Generator(
            "file", "Gs", Reshaped(5, 3, new() { ["resolution_h"] = 40L, ["resolution_w"] = 24L })))
        {
        }

        Assert.Contains("'resolution_w' is 40", Refused(Reshaped(5, 3, new() { ["resolution_w"] = 40L })));
        Assert.Contains("at most 64x64", Refused(Reshaped(65, 1, [])));
    }

    private static string Refused(TfNetworkRecord record) =>
        Assert.Throws<SnapshotException>(() => TfStyleGanLoader.StyleGan2Generator("file", "Gs", record)).Message;

    // A golden generator with a constant and noise of other sizes.
    private static TfNetworkRecord Reshaped(int height, int width, Dictionary<string, object?> more)
    {
        TfNetworkRecord g = Load("stylegan2-config-f-32", "Gs"), synthesis = g.Components["synthesis"];
        Dictionary<string, NumpyArray> variables = synthesis.Variables.ToDictionary();
        foreach ((string name, NumpyArray value) in synthesis.Variables)
        {
            if (name == "4x4/Const/const")
            {
                variables[name] = Zeros(1, value.Shape[1], height, width);
            }
            else if (name.StartsWith("noise", StringComparison.Ordinal))
            {
                variables[name] = Zeros(1, 1, value.Shape[2] / 4 * height, value.Shape[3] / 4 * width);
            }
        }

        Dictionary<string, TfNetworkRecord> components = g.Components.ToDictionary();
        components["synthesis"] = With(synthesis, synthesis.StaticKwargs, variables);
        return new()
        {
            ClassName = g.ClassName,
            Name = g.Name,
            Version = g.Version,
            BuildFunction = g.BuildFunction,
            StaticKwargs = g.StaticKwargs.Concat(more).ToDictionary(),
            Variables = g.Variables,
            Components = components,
        };
    }

    // As NumPy pickles it: _reconstruct(ndarray, (0,), b""), then its state.
    private static NumpyArray Zeros(params long[] shape)
    {
        const string Empty = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tC\u0001btR";
        const string Float =
            "cnumpy\ndtype\n(S'f4'\nK\0K\u0001tR(K\u0003S'<'\nNNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb";
        byte[] data = new byte[4 * shape.Aggregate(1L, (product, size) => product * size)];
        byte[] pickle = new PickleAssembler().Raw(Empty).Raw("(K\u0001").Ints([.. shape.Select(s => (int)s)]).Raw(Float).Raw(0x89)
            .Data(data).Raw("tb").Stop();
        return (NumpyArray)PickleReader.Read(pickle, new PickleAllowList().With(NumpyClasses.AddTo))!;
    }

    private static IDiscriminator Build(TfNetworkRecord d) => TfStyleGan1Reader.IsDiscriminator(d)
        ? TfStyleGanLoader.StyleGan1Discriminator("file", "D", d)
        : TfStyleGanLoader.StyleGan2Discriminator("file", "D", d);

    private static TfNetworkRecord Load(string name, string network) =>
        SnapshotFile.Read(Fixtures.GoldenTf.Path($"{name}.pkl")).TfNetworks[network];

    private static TfNetworkRecord With(
        TfNetworkRecord record, IReadOnlyDictionary<string, object?> options, IReadOnlyDictionary<string,
        NumpyArray> variables) => new()
        {
            ClassName = record.ClassName,
            Name = record.Name,
            Version = record.Version,
            BuildFunction = record.BuildFunction,
            StaticKwargs = options,
            Variables = variables,
            Components = record.Components,
        };
}
