using System.Text.Json;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.StyleGan3;

public sealed class LayerGeometryTests
{
    private const string Design = "sg3-design.json";

    public static TheoryData<string> Designs => [.. GoldenFolder.Files.Properties(Design).Select(p => p.Name)];

    public static TheoryData<string> Snapshots => AliasFreeCase.Names;

    [GoldenTheory, MemberData(nameof(Designs))]
    public void Standard_networks_have_the_golden_geometry(string name)
    {
        JsonElement expected = GoldenFolder.Json(Design).GetProperty(name);
        GeneratorOptions options = GoldenOptions.AliasFree(expected.GetProperty("kwargs"));
        Assert.Equal(
            (Number(expected, "num_layers"), Number(expected, "num_critical"), Number(expected, "margin_size"), Number(
                expected, "output_scale")),
            (options.NumLayers, options.NumCritical, options.MarginSize, options.OutputScale));
        Assert.Equal(Number(expected, "num_ws"), options.NumLayers + 2);
        Check(expected, options);
    }

    [GoldenTheory, MemberData(nameof(Snapshots))]
    public void Snapshots_have_the_golden_geometry(string name)
    {
        using Generator generator = AliasFreeCase.Load(name).Generator();
        Check(GoldenFolder.Json($"snapshots/{name}.json"), generator.Options);
    }

    [Fact]
    public void Options_that_make_no_network_are_refused()
    {
        var good = new GeneratorOptions { Resolution = 64 };
        foreach (GeneratorOptions bad in new[]
        {
            good with { FirstCutoff = 0 }, good with { FirstCutoff = 1e9 }, good with { FirstStopband = -1 },
                good with { NumCritical = 14 },
            good with { ChannelBase = 16 }, good with { LastStopbandRel = double.NaN },
        })
        {
            Assert.Throws<ArgumentException>(() => LayerGeometry.Of(bad));
        }
    }

    private static void Check(JsonElement expected, GeneratorOptions options)
    {
        IReadOnlyList<LayerGeometry> layers = LayerGeometry.Of(options);
        Assert.Equal(expected.GetProperty("layer_names").EnumerateArray().Select(n => n.GetString()!), layers.Select(
            l => l.Name));
        foreach (LayerGeometry layer in layers)
        {
            Check(expected.GetProperty("layers").GetProperty(layer.Name), layer);
        }

        JsonElement input = expected.GetProperty("input");
        Assert.Equal(Ints(input, "size"), [layers[0].InSize, layers[0].InSize]);
        Assert.Equal(
            (Int(input, "channels"), Number(input, "sampling_rate"), Number(input, "bandwidth")),
            (layers[0].InChannels, layers[0].InSamplingRate, layers[0].InCutoff));
    }

    private static void Check(JsonElement e, LayerGeometry layer)
    {
        Assert.Equal(
            (Flag(e, "is_torgb"), Flag(e, "is_critically_sampled"), Flag(e, "use_fp16"), Flag(e, "down_radial")),
            (layer.IsToRgb, layer.IsCriticallySampled, layer.UseFp16, layer.DownRadial));
        Assert.Equal(
            (Int(e, "in_channels"), Int(e, "out_channels"), Int(e, "conv_kernel")),
            (layer.InChannels, layer.OutChannels, layer.KernelSize));
        Assert.Equal(Ints(e, "in_size"), [layer.InSize, layer.InSize]);
        Assert.Equal(Ints(e, "out_size"), [layer.OutSize, layer.OutSize]);
        Assert.Equal(
            (Int(e, "up_factor"), Int(e, "up_taps"), Int(e, "down_factor"), Int(e, "down_taps")),
            (layer.UpFactor, layer.UpTaps, layer.DownFactor, layer.DownTaps));
        Padding p = layer.Padding;
        Assert.Equal(Ints(e, "padding"), [p.X0, p.X1, p.Y0, p.Y1]);
        Assert.Equal(
            (Number(e, "in_sampling_rate"), Number(e, "out_sampling_rate"), Number(e, "tmp_sampling_rate")),
            (layer.InSamplingRate, layer.OutSamplingRate, layer.TemporarySamplingRate));
        foreach ((string key, double actual) in new[]
        {
            ("in_cutoff", layer.InCutoff), ("out_cutoff", layer.OutCutoff), ("in_half_width", layer.InHalfWidth), (
                "out_half_width", layer.OutHalfWidth),
        })
        {
            Assert.Equal(1, actual / Number(e, key), 1e-12);
        }

        using var scope = new TensorScope();
        CheckFilter(e, "up_filter", LowpassFilter.Create(
            layer.UpTaps, layer.InCutoff, layer.InHalfWidth * 2, layer.TemporarySamplingRate, radial: false));
        CheckFilter(e, "down_filter", LowpassFilter.Create(
            layer.DownTaps, layer.OutCutoff, layer.OutHalfWidth * 2, layer.TemporarySamplingRate, layer.DownRadial));
    }

    // Large radial filters are represented by two of their rows.
    private static void CheckFilter(JsonElement e, string name, Tensor? filter)
    {
        if (e.GetProperty($"{name}_shape").ValueKind == JsonValueKind.Null)
        {
            Assert.Null(filter);
            return;
        }

        Assert.Equal(Ints(e, $"{name}_shape"), filter!.Shape.ToArray().Select(s => (int)s));
        var parts = new (string Key, Func<Tensor> Part)[]
        {
            (name, () => filter.Reshape(-1)), ($"{name}_row0", () => filter.Select(0, 0)), (
                $"{name}_row_center", () => filter.Select(0, filter.Size(0) / 2)),
        };
        int compared = 0;
        foreach ((string key, Func<Tensor> part) in parts.Where(
            p => e.TryGetProperty(p.Key, out JsonElement v) && v.ValueKind == JsonValueKind.Array))
        {
            double[] taps = [.. e.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];
            Close.To(Tensor.From(taps, [taps.Length]), part(), 1e-7, key);
            compared++;
        }

        Assert.True(compared > 0, name);
    }

    private static bool Flag(JsonElement e, string key) => e.GetProperty(key).GetBoolean();

    private static int Int(JsonElement e, string key) => e.GetProperty(key).Int();

    private static double Number(JsonElement e, string key) => e.GetProperty(key).GetDouble();

    private static IEnumerable<int> Ints(JsonElement e, string key) => e.GetProperty(key).EnumerateArray().Select(v => v.Int());
}
