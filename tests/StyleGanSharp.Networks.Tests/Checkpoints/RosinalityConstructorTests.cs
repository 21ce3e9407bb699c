using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>With which arguments programs of the ".pt" layout build a converted generator.</summary>
[WithTensorScope]
public sealed class RosinalityConstructorTests
{
    [Theory]
    [InlineData(64, 32768, 8, "size=64, style_dim=512, n_mlp=8, channel_multiplier=2")]
    [InlineData(64, 16384, 4, "size=64, style_dim=512, n_mlp=4, channel_multiplier=1")]
    [InlineData(16, 32768, 2, "size=16, style_dim=512, n_mlp=2, channel_multiplier=2")]
    [InlineData(32, 8192, 2, "table of channels: 4: 512, 8: 512, 16: 512, 32: 256")]
    public void The_arguments_are_those_of_the_published_table(int resolution, int channelBase, int layers, string words)
    {
        var options = new GeneratorOptions
        {
            Resolution = resolution,
            ChannelBase = channelBase,
            Mapping = new MappingOptions { NumLayers = layers },
        };
        using var generator = new Generator(options, Initializer.ForLoading);
        Assert.Contains(words, RosinalityFile.Constructor(generator));
    }

    [Fact]
    public void Sizes_that_the_layout_has_only_one_of_are_named()
    {
        using var generator = new Generator(
            new GeneratorOptions { Resolution = 8, ZDim = 32, WDim = 48, ChannelMax = 16 }, Initializer.ForLoading);
        Assert.Contains("z 32 and w 48", RosinalityFile.Constructor(generator));
    }
}
