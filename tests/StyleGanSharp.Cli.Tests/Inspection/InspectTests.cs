using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Inspection;

/// <summary>What <c>inspect</c> says about the golden snapshots.</summary>
[Trait("Kind", "Golden")]
public sealed class InspectTests
{
    private const int MaxColumns = 100;

    private static readonly string[] Keys =
    [
        "file", "file_bytes", "container", "generation", "can_generate", "augment_p", "training_set", "other_entries", "licence_note", "networks",
    ];

    private static readonly string[] NetworkKeys =
    [
        "name", "kind", "class_name", "problem", "parameters", "parameter_tensors", "buffers", "buffer_tensors", "resolution", "channels", "c_dim",
        "z_dim", "w_dim", "num_ws", "mapping_layers", "architecture", "channel_base", "channel_max", "conv_clamp", "num_fp16_res", "use_noise",
        "lod", "layer_names",
    ];

    public static TheoryData<string> Snapshots =>
        [.. Directory.GetFiles(GoldenFolder.Path("snapshots"), "*.pkl").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Snapshots))]
    public void Facts_are_those_of_the_golden_files(string name)
    {
        JsonElement expected = GoldenFolder.Json($"snapshots/{name}.json"), common = expected.GetProperty("common_kwargs");
        JsonElement found = Inspect(name);
        JsonElement g = found.GetProperty("networks").EnumerateArray().Single(n => n.GetProperty("name").GetString() == "G_ema");

        Assert.Equal(Keys, found.EnumerateObject().Select(p => p.Name));
        Assert.Equal(NetworkKeys, g.EnumerateObject().Select(p => p.Name));
        Assert.Equal(new FileInfo(CommandLine.Snapshot(name)).Length, found.GetProperty("file_bytes").GetInt64());
        Assert.True(JsonElement.DeepEquals(expected.GetProperty("training_set_kwargs"), found.GetProperty("training_set")));
        Assert.Equal(common.GetProperty("img_resolution").GetInt32(), g.GetProperty("resolution").GetInt32());
        Assert.Equal(common.GetProperty("img_channels").GetInt32(), g.GetProperty("channels").GetInt32());
        Assert.Equal(common.GetProperty("c_dim").GetInt32(), g.GetProperty("c_dim").GetInt32());
        Assert.Equal(expected.GetProperty("num_ws").GetInt32(), g.GetProperty("num_ws").GetInt32());
        JsonElement options = expected.GetProperty("G_kwargs");
        Assert.Equal(options.GetProperty("z_dim").GetInt32(), g.GetProperty("z_dim").GetInt32());
        Assert.Equal(options.GetProperty("w_dim").GetInt32(), g.GetProperty("w_dim").GetInt32());
        Assert.Equal(options.GetProperty("mapping_kwargs").GetProperty("num_layers").GetInt32(), g.GetProperty("mapping_layers").GetInt32());
        JsonElement synthesis = options.TryGetProperty("synthesis_kwargs", out JsonElement own) ? own : options;
        Assert.Equal(synthesis.GetProperty("channel_base").GetInt32(), g.GetProperty("channel_base").GetInt32());
        Assert.Equal(synthesis.GetProperty("channel_max").GetInt32(), g.GetProperty("channel_max").GetInt32());
        Assert.Equal(
            name.Split('-')[0],
            found.GetProperty("generation").GetString() switch
            {
                "stylegan2-ada" => "ada",
                "stylegan2" => "sg2",
                "stylegan3-t" => "sg3t",
                "stylegan3-r" => "sg3r",
                _ => "",
            });
        if (expected.TryGetProperty("augment_p", out JsonElement p) && p.ValueKind == JsonValueKind.Number)
        {
            Assert.Equal(p.GetDouble(), found.GetProperty("augment_p").GetDouble(), 1e-6);
        }
        else
        {
            Assert.Equal(JsonValueKind.Null, found.GetProperty("augment_p").ValueKind);
        }
    }

    [Theory, MemberData(nameof(Snapshots))]
    public void Tensors_are_those_of_the_golden_files(string name)
    {
        foreach (JsonElement network in Inspect(name, "--layers").GetProperty("networks").EnumerateArray())
        {
            if (!GoldenFolder.Json($"snapshots/{name}.json").GetProperty("tensors").TryGetProperty(network.GetProperty("name").GetString()!, out JsonElement tensors))
            {
                continue;
            }

            Assert.Equal(
                tensors.EnumerateArray().Select(Line).Order(StringComparer.Ordinal),
                network.GetProperty("tensors").EnumerateArray().Select(Line).Order(StringComparer.Ordinal));
            Assert.Equal(
                tensors.EnumerateArray().Count(t => t.GetProperty("kind").GetString() == "parameter"),
                network.GetProperty("parameter_tensors").GetInt32());
        }

        static string Line(JsonElement t) =>
            $"{t.GetProperty("kind").GetString()} {t.GetProperty("name").GetString()} [{string.Join(", ", t.GetProperty("shape").EnumerateArray())}]";
    }

    [Theory, MemberData(nameof(Snapshots))]
    public void The_text_fits_a_terminal_and_goes_to_standard_output(string name)
    {
        CommandResult result = CommandLine.Succeed("inspect", CommandLine.Snapshot(name), "--layers");
        Assert.Empty(result.Messages);
        Assert.Contains("non-commercial use only", result.Results.ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal));
        Assert.Contains("Tensors of G_ema", result.Results);
        Assert.All(
            result.Results.Split('\n').Where(l => !l.Contains(CommandLine.Snapshot(name), StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, MaxColumns));
    }

    [Fact]
    public void The_text_names_what_people_ask_for()
    {
        string text = CommandLine.Succeed("inspect", CommandLine.Snapshot("ada-skip-32-c3")).Results;
        foreach (string part in new[]
        {
            "StyleGAN2-ADA", "32x32, 3 channels", "3 (conditional)", "z 48, w 48, 8 ws", "2 layers", "skip, channel base 512", "p = 0.4", "augment_pipe",
        })
        {
            Assert.Contains(part, text);
        }

        Assert.DoesNotContain("Tensors of", text);
    }

    private static JsonElement Inspect(string name, params string[] more)
    {
        CommandResult result = CommandLine.Succeed(["inspect", CommandLine.Snapshot(name), "--json", .. more]);
        Assert.Empty(result.Messages);
        using JsonDocument document = JsonDocument.Parse(result.Results);
        return document.RootElement.Clone();
    }
}
