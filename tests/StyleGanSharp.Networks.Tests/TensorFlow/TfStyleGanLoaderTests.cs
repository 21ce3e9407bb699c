using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Testing;

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
        SnapshotException e = Assert.Throws<SnapshotException>(() => TfStyleGanLoader.StyleGan1Generator("file", "Gs", With(g, options, g.Variables)));
        Assert.Contains(named, e.Message);
        Assert.StartsWith("file: ", e.Message);
    }

    [Theory, InlineData("stylegan1-32"), InlineData("stylegan2-config-f-32"), InlineData("stylegan2-config-d-32"), InlineData("stylegan2-ada-tf-labels-32")]
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
        Assert.Contains("64x64/Conv0/weight", Assert.Throws<SnapshotException>(() => Build(With(d, d.StaticKwargs, more))).Message);
        Build(With(d, d.StaticKwargs, d.Variables)).Dispose();
    }

    private static IDiscriminator Build(TfNetworkRecord d) => TfStyleGan1Reader.IsDiscriminator(d)
        ? TfStyleGanLoader.StyleGan1Discriminator("file", "D", d)
        : TfStyleGanLoader.StyleGan2Discriminator("file", "D", d);

    private static TfNetworkRecord Load(string name, string network) => SnapshotFile.Read(Fixtures.GoldenTf.Path($"{name}.pkl")).TfNetworks[network];

    private static TfNetworkRecord With(
        TfNetworkRecord record, IReadOnlyDictionary<string, object?> options, IReadOnlyDictionary<string, NumpyArray> variables) => new()
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
