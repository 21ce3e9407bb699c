using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Inspection;

/// <summary>What <c>inspect</c> says about the golden snapshots.</summary>
public sealed class InspectTests
{
    private const int MaxColumns = 100;

    private static readonly string[] Keys =
    [
        "file", "file_bytes", "container", "generation", "can_generate", "augment_p", "training_set", "other_entries",
        "licence_note", "networks",
    ];

    private static readonly string[] NetworkKeys =
    [
        "name", "kind", "class_name", "problem", "parameters", "parameter_tensors", "buffers", "buffer_tensors", "resolution",
        "channels", "c_dim",
        "z_dim", "w_dim", "num_ws", "mapping_layers", "architecture", "channel_base", "channel_max", "conv_clamp", "num_fp16_res",
        "use_noise",
        "lod", "layer_names",
    ];

    public static TheoryData<string> Snapshots =>
        [.. GoldenFolder.Names("snapshots", ".pkl").Where(name => GoldenFolder.Has($"snapshots/{name}.json"))];

    [GoldenTheory, MemberData(nameof(Snapshots))]
    public void Facts_are_those_of_the_golden_files(string name)
    {
        JsonElement expected = GoldenFolder.Json($"snapshots/{name}.json"), common = expected.GetProperty("common_kwargs");
        JsonElement found = Inspect(name);
        JsonElement g = found.GetProperty("networks").EnumerateArray().Single(n => n.GetProperty("name").GetString() == "G_ema");

        Assert.Equal(Keys, found.EnumerateObject().Select(p => p.Name));
        Assert.Equal(NetworkKeys, g.EnumerateObject().Select(p => p.Name));
        Assert.Equal(new FileInfo(Snapshot(name)).Length, found.GetProperty("file_bytes").Long());
        if (expected.TryGetProperty("training_set_kwargs", out JsonElement trainingSet))
        {
            Assert.True(JsonElement.DeepEquals(trainingSet, found.GetProperty("training_set")));
        }

        JsonElement options = expected.GetProperty("G_kwargs");
        JsonElement synthesis = options.TryGetProperty("synthesis_kwargs", out JsonElement own) ? own : options;
        JsonElement mapping = options.TryGetProperty("mapping_kwargs", out own) ? own : default;
        string type = options.GetProperty("class_name").GetString()!;
        bool older = type.StartsWith("training.networks.", StringComparison.Ordinal), free = type.Contains(
            "stylegan3", StringComparison.Ordinal);
        Assert.Equal(
            older ? "stylegan2-ada" : !free ? "stylegan2" : Value(options, "conv_kernel", 3) == 1 ? "stylegan3-r" : "stylegan3-t",
            found.GetProperty("generation").GetString());

        // What the description leaves out has the reference's default.
        foreach ((string key, double value) in new[]
        {
            ("resolution", Value(common, "img_resolution", 0)), ("channels", Value(common, "img_channels", 3)), (
                "c_dim", Value(common, "c_dim", 0)),
            ("num_ws", Value(expected, "num_ws", 0)), ("z_dim", Value(options, "z_dim", 512)), (
                "w_dim", Value(options, "w_dim", 512)),
            ("mapping_layers", Value(mapping, "num_layers", free ? 2 : 8)), (
                "channel_base", Value(synthesis, "channel_base", 32768)),
            ("channel_max", Value(synthesis, "channel_max", 512)),
        })
        {
            Assert.Equal($"{key} {value}", $"{key} {g.GetProperty(key).GetDouble()}");
        }

        if (expected.TryGetProperty("augment_p", out JsonElement p) && p.ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(p.GetDouble(), found.GetProperty("augment_p").GetDouble(), 1e-6);
        }
        else
        {
            Assert.Equal(JsonValueKind.Null, found.GetProperty("augment_p").ValueKind);
        }
    }

    [GoldenTheory, MemberData(nameof(Snapshots))]
    public void Tensors_are_those_of_the_golden_files(string name)
    {
        foreach (JsonElement network in Inspect(name, "--layers").GetProperty("networks").EnumerateArray())
        {
            if (!GoldenFolder.Json($"snapshots/{name}.json").GetProperty("tensors").TryGetProperty(
                network.GetProperty("name").GetString()!, out JsonElement tensors))
            {
                continue;
            }

            Assert.Equal(
                tensors.EnumerateArray().Select(Line).Order(StringComparer.Ordinal),
                network.GetProperty("tensors").EnumerateArray().Select(Line).Order(StringComparer.Ordinal));
            Assert.Equal(
                tensors.EnumerateArray().Count(t => t.GetProperty("kind").GetString() == "parameter"),
                network.GetProperty("parameter_tensors").Int());
        }

        static string Line(JsonElement t) =>
            $"{t.GetProperty("kind").GetString()} {t.GetProperty("name").GetString()} "
                + $"[{string.Join(", ", t.GetProperty("shape").EnumerateArray().Select(s => s.Long()))}]";
    }

    [GoldenTheory, MemberData(nameof(Snapshots))]
    public void The_text_fits_a_terminal_and_goes_to_standard_output(string name)
    {
        CommandResult result = CommandLine.Succeed("inspect", Snapshot(name), "--layers");
        Assert.Empty(result.Messages);
        Assert.Contains("non-commercial use only", result.Results.ReplaceLineEndings(" ").Replace(
            "  ", "", StringComparison.Ordinal));
        Assert.Contains("Tensors of G_ema", result.Results);
        Assert.All(
            result.Results.Split('\n').Where(l => !l.Contains(Snapshot(name), StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, MaxColumns));
    }

    [Fact]
    public void The_text_names_what_people_ask_for()
    {
        string text = CommandLine.Succeed("inspect", CommandLine.Snapshot("ada-skip-32-c3")).Results;
        foreach (string part in new[]
        {
            "StyleGAN2-ADA", "32x32, 3 channels", "3 (conditional)", "z 48, w 48, 8 ws", "2 layers", "skip, channel base 512",
                "p = 0.4", "augment_pipe",
        })
        {
            Assert.Contains(part, text);
        }

        Assert.DoesNotContain("Tensors of", text);
    }

    private static string Snapshot(string name) => GoldenFolder.Path($"snapshots/{name}.pkl");

    private static double Value(JsonElement from, string key, double fallback) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(key, out JsonElement value) ? value.GetDouble() : fallback;

    private static JsonElement Inspect(string name, params string[] more)
    {
        CommandResult result = CommandLine.Succeed(["inspect", Snapshot(name), "--json", .. more]);
        Assert.Empty(result.Messages);
        using JsonDocument document = JsonDocument.Parse(result.Results);
        return document.RootElement.Clone();
    }
}
