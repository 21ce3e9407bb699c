using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Networks of community programs whose images are not square, or that say their size in options of their own.</summary>
[WithTensorScope]
public sealed class NonSquareTests
{
    private static readonly GeneratorOptions Square = new()
    {
        ZDim = 8,
        WDim = 8,
        Resolution = 16,
        ChannelBase = 64,
        ChannelMax = 8,
        ConvClamp = null,
        NumFp16Res = 0,
        Mapping = new MappingOptions { NumLayers = 2, WAvgBeta = null, LayerFeatures = 8 },
    };

    private static readonly GeneratorOptions Wide = Square with { FirstWidth = 6, FirstHeight = 4 };

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(16, 24)]
    [InlineData(24, 16)]
    public void Pictures_have_the_shape_of_the_stored_tensors(params int[] claimed)
    {
        using var folder = new TemporaryFolder();
        using GradMode mode = GradMode.Off();
        using Generator written = Write(
            folder["a.pkl"], Wide, claimed, new() { ["resolution_w"] = [24], ["resolution_h"] = [16] });
        using IGenerator read = GeneratorFile.Open(folder["a.pkl"]).Load();
        Assert.Equal((24, 16), (read.Width, read.Height));
        float[] expected = ConvertedNetworkTests.Picture(written);
        Assert.Equal(2 * 3 * 16 * 24, expected.Length);
        Assert.Equal(expected, ConvertedNetworkTests.Picture(read));

        NetworkFile.Write(folder["a.safetensors"], read);
        using IGenerator again = GeneratorFile.Open(folder["a.safetensors"]).Load();
        Assert.Equal(expected, ConvertedNetworkTests.Picture(again));
        Assert.Contains("square", RosinalityFile.Obstacle(read));
    }

    [Fact]
    public void Fast_and_recorded_pictures_agree()
    {
        using var draws = new RandomGenerator(1);
        using var generator = new Generator(Wide, Initializer.Random(draws));
        float[] recorded = ConvertedNetworkTests.Picture(generator);
        using GradMode mode = GradMode.Off();
        Assert.All(recorded.Zip(ConvertedNetworkTests.Picture(generator)), p => Assert.Equal(p.First, p.Second, 1e-4f));
    }

    [Fact]
    public void Square_networks_may_repeat_their_size()
    {
        using var folder = new TemporaryFolder();
        using GradMode mode = GradMode.Off();
        using Generator written = Write(
            folder["a.pkl"], Square, [16], new() { ["resolution_w"] = [16], ["resolution_h"] = [16] });
        using IGenerator read = GeneratorFile.Open(folder["a.pkl"]).Load();
        Assert.Equal(ConvertedNetworkTests.Picture(written), ConvertedNetworkTests.Picture(read));
    }

    [Theory]
    [InlineData(true, "grows to 24x16", "resolution_w", 24, 17)]
    [InlineData(true, "grows to 24x16", "resolution_w", 24, 24, 24)]
    [InlineData(true, "'resolution_w' is 99", "resolution_w", 99, 16)]
    [InlineData(true, "'resolution_h' is 24", "resolution_h", 24, 16)]
    [InlineData(false, "'resolution_w' is 24", "resolution_w", 24, 16)]
    public void Options_that_contradict_the_tensors_are_refused(
        bool wide, string words, string option, int value, params int[] claimed)
    {
        using var folder = new TemporaryFolder();
        using Generator written = Write(folder["a.pkl"], wide ? Wide : Square, claimed, new() { [option] = [value] });
        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(folder["a.pkl"]).Load());
        Assert.Contains(words, error.Message);
        Assert.StartsWith(folder["a.pkl"], error.Message);
    }

    private static Generator Write(string path, GeneratorOptions options, int[] resolution, Dictionary<string, int[]> extra)
    {
        using var draws = new RandomGenerator(7);
        var generator = new Generator(options, Initializer.Random(draws));
        var network = new Dictionary<string, int[]>(extra)
        {
            ["z_dim"] = [options.ZDim],
            ["c_dim"] = [0],
            ["w_dim"] = [options.WDim],
            ["img_channels"] = [3],
            ["img_resolution"] = resolution,
        };
        var all = new Dictionary<string, Dictionary<string, int[]>>
        {
            [""] = network,
            ["synthesis"] = new() { ["channel_base"] = [options.ChannelBase], ["channel_max"] = [options.ChannelMax] },
            ["mapping"] = new() { ["num_layers"] = [options.Mapping.NumLayers] },
        };
        File.WriteAllBytes(path, new SnapshotAssembler(all).Write(generator));
        return generator;
    }
}
