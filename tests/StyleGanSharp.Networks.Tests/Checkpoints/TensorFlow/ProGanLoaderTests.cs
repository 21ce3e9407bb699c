using System.Diagnostics;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.ProGan;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Checkpoints.TensorFlow;

/// <summary>ProGAN records whose options and variables do not belong together.</summary>
public sealed class ProGanLoaderTests
{
    private const string TensorFlow = "tiny-valid";
    private const string Theano = "progan-theano-py2-16";

    [Theory]
    [InlineData("resolution", 16L, "16x16/Conv0_up/weight is missing|ToRGB_lod2")]
    [InlineData("resolution", 4L, "left over|ToRGB_lod0/weight")]
    [InlineData("resolution", 12L, "a power of two")]
    [InlineData("resolution", 8192L, "feature maps")]
    [InlineData("resolution", 1L << 40, "expected a whole number")]
    [InlineData("fmap_max", 3L, "4x4/Dense/weight is [4, 64] instead of [4, 48]")]
    [InlineData("fmap_base", 8.0, "8x8/Conv0_up/weight is [3, 3, 4, 4] instead of [3, 3, 2, 4]")]
    [InlineData("fmap_base", -5L, "feature maps")]
    [InlineData("fmap_decay", double.NaN, "expected a number")]
    [InlineData("fmap_decay", 9.0, "feature maps")]
    [InlineData("latent_size", 5L, "4x4/Dense/weight")]
    [InlineData("latent_size", "5", "expected a whole number")]
    [InlineData("label_size", 1L, "4x4/Dense/weight")]
    [InlineData("num_channels", 4L, "ToRGB_lod1/weight")]
    [InlineData("fused_scale", false, "8x8/Conv0/weight is missing")]
    [InlineData("fused_scale", 1L, "True or False")]
    public void Options_that_do_not_fit_are_refused_in_words(string option, object value, string words)
    {
        var kwargs = Record(TensorFlow, "Gs").StaticKwargs.ToDictionary();
        kwargs[option] = value;
        var watch = Stopwatch.StartNew();
        string message = Refused(With(Record(TensorFlow, "Gs"), kwargs));
        Assert.Contains(words.Split('|'), w => message.Contains(w, StringComparison.Ordinal));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("use_batchnorm", true)]
    [InlineData("tanh_at_end", true)]
    [InlineData("label_size", 2L)]
    public void Experiments_of_the_theano_program_are_refused_by_name(string option, object value)
    {
        var kwargs = Record(Theano, "Gs").StaticKwargs.ToDictionary();
        kwargs[option] = value;
        Assert.Contains($"'{option}'", Refused(With(Record(Theano, "Gs"), kwargs)));
    }

    [Theory]
    [InlineData(TensorFlow, "lod")]
    [InlineData(TensorFlow, "8x8/Conv1/bias")]
    [InlineData(Theano, "param_values.3")]
    [InlineData(Theano, "toplevel_params.cur_lod")]
    public void Missing_variables_are_named(string file, string variable)
    {
        var variables = Record(file, "Gs").Variables.ToDictionary();
        Assert.True(variables.Remove(variable));
        Assert.Contains($"{variable} is missing", Refused(With(Record(file, "Gs"), variables: variables)));
    }

    [Theory]
    [InlineData(TensorFlow, "extra")]
    [InlineData(Theano, "param_values.1000")]
    public void Variables_that_are_left_over_are_named(string file, string variable)
    {
        var variables = Record(file, "Gs").Variables.ToDictionary();
        variables.Add(variable, variables.Values.First());
        Assert.Contains($"{variable} is left over", Refused(With(Record(file, "Gs"), variables: variables)));
    }

    [Fact]
    public void What_the_file_leaves_out_has_the_default_of_the_builder()
    {
        TfNetworkRecord bare = With(Record(TensorFlow, "Gs"), new Dictionary<string, object?>());
        GeneratorOptions g = ProGanReader.Generator("file", "Gs", bare);
        Assert.Equal(new GeneratorOptions { Resolution = 32, ImageChannels = 1, Activation = Activation.LeakyRelu }, g);
        Assert.Equal(512, g.Latents);
        DiscriminatorOptions d = ProGanReader.Discriminator(
            "file", "D", With(Record(TensorFlow, "D"), new Dictionary<string, object?>()));
        Assert.Equal(new DiscriminatorOptions { Resolution = 32, ImageChannels = 1 }, d);
    }

    [Fact]
    public void Without_equalised_learning_rate_weights_are_used_as_they_are()
    {
        using var scope = new TensorScope();
        var kwargs = Record(TensorFlow, "Gs").StaticKwargs.ToDictionary();
        kwargs["use_wscale"] = false;
        using Generator plain = ProGanLoader.Generator("file", "Gs", With(Record(TensorFlow, "Gs"), kwargs));
        using Generator scaled = ProGanLoader.Generator("file", "Gs", Record(TensorFlow, "Gs"));
        Tensor z = Fixtures.TfTensors(TensorFlow)["z"];
        Assert.Equal(scaled.NamedTensors().Select(t => t.Name), plain.NamedTensors().Select(t => t.Name));
        Assert.NotEqual(scaled.Forward(z).ToArray<float>(), plain.Forward(z).ToArray<float>());
    }

    [Fact]
    public void A_network_that_this_version_cannot_run_is_named_with_its_builder()
    {
        TfNetworkRecord[] others = [
            .. Fixtures.GoldenTf.Names("", ".npz").Where(n => Fixtures.GoldenTf.Has($"{n}.pkl")).Select(n => Record(n, "Gs"))
                .Where(n => !ProGanReader.IsGenerator(n))];
        Assert.All(others, n => Assert.False(ProGanReader.IsDiscriminator(n)));
        SnapshotFile d = SnapshotFile.Read(Fixtures.GoldenTf.Path($"{TensorFlow}.pkl"));
        Assert.Contains("D_paper", Assert.Throws<SnapshotException>(() => NetworkLoader.LoadGenerator(d, "D")).Message);
        Assert.Contains("G, D, Gs", Assert.Throws<SnapshotException>(() => NetworkLoader.LoadGenerator(d, "G_ema")).Message);
        Assert.Contains("G_paper", Assert.Throws<SnapshotException>(() => NetworkLoader.LoadDiscriminator(d, "G")).Message);
    }

    private static TfNetworkRecord Record(string file, string network) =>
        SnapshotFile.Read(Fixtures.GoldenTf.Path($"{file}.pkl")).TfNetworks[network];

    private static string Refused(TfNetworkRecord network) =>
        Assert.Throws<SnapshotException>(() => ProGanLoader.Generator("file", "Gs", network)).Message;

    private static TfNetworkRecord With(
        TfNetworkRecord network, IReadOnlyDictionary<string, object?>? kwargs = null, IReadOnlyDictionary<string,
        NumpyArray>? variables = null) => new()
        {
            ClassName = network.ClassName,
            Name = network.Name,
            Version = network.Version,
            BuildFunction = network.BuildFunction,
            StaticKwargs = kwargs ?? network.StaticKwargs,
            Variables = variables ?? network.Variables,
            Components = network.Components,
        };
}
