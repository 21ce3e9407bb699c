using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Networks.Tests.Checkpoints.PyTorch;

/// <summary>
/// Options that are wrong, or larger than the tensors that come with them, are refused before anything is built.
/// </summary>
public sealed class StyleGan3ReaderTests
{
    public static TheoryData<string, string, object?, string> Cases => new()
    {
        { "", "img_resolution", 96L, "power of two" },
        { "", "img_resolution", 128L, "is missing" },
        { "", "img_resolution", 8192L, "make no network" },
        { "", "img_resolution", 1L << 40, "from 4 to 8192" },
        { "", "z_dim", 65536L, "the network's options give size 65584 in dimension 1" },
        { "", "w_dim", 65536L, "fc2" },
        { "", "img_channels", 4L, "'L6_64_4' is missing" },
        { "synthesis", "margin_size", 250L, "is missing" },
        { "synthesis", "margin_size", 1000000L, "from 0 to 256" },
        { "synthesis", "num_layers", 7L, "is missing" },
        { "synthesis", "num_critical", 6L, "from 0 to 5" },
        { "synthesis", "layer_names", new object?[] { 1L }, "the list of layers is empty" },
        { "synthesis", "layer_names", new object?[] { "b4" }, "'b4' is missing" },
        { "synthesis", "lrelu_upsampling", 4L, "'up_filter' is [8]" },
        { "synthesis", "filter_size", 200L, "'up_filter' is [8]" },
        { "synthesis", "use_radial_filters", true, "has 1 dimensions instead of 2" },
        { "synthesis", "first_cutoff", 0.0, "make no network" },
        { "synthesis", "first_stopband", -1.0, "make no network" },
        { "synthesis", "last_stopband_rel", 1e300, "is missing" },
        { "synthesis", "channel_max", 19L, "'freqs' is [20, 2]" },
        { "synthesis.L0_32_20", "conv_clamp", "text", "expected a number" },
    };

    [Fact]
    public void The_unchanged_record_is_read()
    {
        GeneratorOptions options = StyleGan3Reader.Generator("file", "G_ema", Read());
        Assert.Equal(
            (64, 6, 1, 8, 4, 3.0, 0.5),
            (options.Resolution, options.NumLayers, options.NumCritical, options.MarginSize, options.FilterSize,
                options.FirstCutoff, options.OutputScale));
        Assert.Equal((32, 48, 4, 3, 1.5), (
            options.ZDim, options.WDim, options.CDim, options.Mapping.NumLayers, options.ConvClamp));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Wrong_options_are_named(string module, string option, object? value, string words)
    {
        ModuleRecord record = With(Read(), module.Split('.', StringSplitOptions.RemoveEmptyEntries), option, value);
        SnapshotException error = Assert.Throws<SnapshotException>(() => StyleGan3Reader.Generator("file", "G_ema", record));
        Assert.Contains(words, error.Message);
        Assert.Contains("G_ema", error.Message);
    }

    private static ModuleRecord Read() => SnapshotFile.Read(Fixtures.Golden.Path("snapshots/sg3t-64-c4-L6.pkl")).Module("G_ema");

    // The record with one attribute of one of its modules changed.
    private static ModuleRecord With(ModuleRecord record, string[] path, string option, object? value)
    {
        var modules = record.Modules.ToDictionary();
        var attributes = record.Attributes.ToDictionary();
        if (path.Length > 0)
        {
            modules[path[0]] = With(modules[path[0]]!, path[1..], option, value);
        }
        else
        {
            attributes[option] = value;
        }

        return new ModuleRecord(
            record.ClassName, record.Training, record.Parameters, record.Buffers, modules, attributes, record.InitArgs,
            record.InitKwargs);
    }
}
