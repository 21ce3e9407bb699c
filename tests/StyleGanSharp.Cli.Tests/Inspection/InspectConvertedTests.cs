using System.Text.Json;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Inspection;

/// <summary>
/// What <c>inspect</c> says about files that <c>convert</c> writes: the same as about the file they were made from.
/// </summary>
public sealed class InspectConvertedTests
{
    // What a network file does not tell: the other networks, and which program trained it.
    private static readonly string[] Facts =
    [
        "kind", "problem", "resolution", "channels", "c_dim", "z_dim", "w_dim", "num_ws", "mapping_layers", "architecture",
        "channel_base",
        "channel_max", "conv_clamp", "num_fp16_res", "use_noise", "lod", "layer_names",
    ];

    private static readonly string[] InOne =
        ["safetensors", "Generation      StyleGAN\n", "32x32", "level of detail", "non-commercial",
            "synthesis.b8.conv0.epilogue.bias"];

    private static readonly string[] InTwo =
        ["torch.save (zip archive)", "Generation      StyleGAN2\n", "32x32", "non-commercial", "g_ema"];

    public static TheoryData<string> Snapshots => [.. Fixtures.Snapshots];

    [Theory, MemberData(nameof(Snapshots))]
    public void A_network_file_says_the_same_as_its_source(string source)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Succeed("convert", source, folder["net.safetensors"]);
        JsonElement before = Inspect(source), after = Inspect(folder["net.safetensors"]);
        Assert.Equal("safetensors", after.GetProperty("container").GetString());
        Assert.Equal(Generation(before), Generation(after));
        Assert.True(after.GetProperty("can_generate").GetBoolean());
        Assert.Equal(before.GetProperty("licence_note").GetString(), after.GetProperty("licence_note").GetString());
        Assert.Equal(before.EnumerateObject().Select(p => p.Name), after.EnumerateObject().Select(p => p.Name));
        AssertSame(Generator(before), Assert.Single(after.GetProperty("networks").EnumerateArray()), Facts);
    }

    [Theory, InlineData("sg2-skip-32"), InlineData("sg2-skip-64")]
    public void A_pt_file_says_the_same_as_its_source(string name)
    {
        using var folder = new TemporaryFolder();
        CommandLine.Succeed("convert", CommandLine.Snapshot(name), folder["net.pt"]);
        JsonElement before = Inspect(CommandLine.Snapshot(name)), after = Inspect(folder["net.pt"], "--layers");
        Assert.Equal("torch-zip", after.GetProperty("container").GetString());
        Assert.Equal("stylegan2", after.GetProperty("generation").GetString());
        Assert.True(after.GetProperty("can_generate").GetBoolean());
        Assert.Equal(["latent_avg"], after.GetProperty("other_entries").EnumerateObject().Select(e => e.Name));
        JsonElement network = Assert.Single(after.GetProperty("networks").EnumerateArray());
        Assert.Equal("g_ema", network.GetProperty("name").GetString());

        // The layout leaves these two out, and the rule of the feature maps only where it is not at work.
        AssertSame(Generator(before), network, [.. Facts.Except(["conv_clamp", "num_fp16_res", "channel_base", "channel_max"])]);
        Assert.Equal(JsonValueKind.Null, network.GetProperty("conv_clamp").ValueKind);
        Assert.Equal(Generator(before).GetProperty("parameters").GetInt64(), network.GetProperty("parameters").GetInt64());
        Assert.Contains(network.GetProperty("tensors").EnumerateArray(), t =>
            t.GetProperty("name").GetString() == "convs.0.conv.modulation.bias");
    }

    [Fact]
    public void The_text_names_generation_size_level_of_detail_and_licence()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Succeed("convert", Fixtures.GoldenTf.Path("stylegan1-32.pkl"), folder["one.safetensors"]);
        CommandLine.Succeed("convert", CommandLine.Snapshot("sg2-skip-32"), folder["two.pt"]);
        string one = CommandLine.Succeed("inspect", folder["one.safetensors"], "--layers").Results;
        string two = CommandLine.Succeed("inspect", folder["two.pt"]).Results;
        Assert.All(InOne, part => Assert.Contains(part, one));
        Assert.All(InTwo, part => Assert.Contains(part, two));
        Assert.DoesNotContain("cannot run", one + two);
    }

    [Fact]
    public void Foreign_and_damaged_safetensors_are_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder["x.safetensors"];
        File.WriteAllBytes(path, [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Assert.Contains("not written by this program", CommandLine.Refuse("inspect", path));
        File.WriteAllBytes(path, [3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Assert.Contains("header claims", CommandLine.Refuse("inspect", path));
    }

    private static void AssertSame(JsonElement before, JsonElement after, string[] facts) =>
        Assert.All(facts, fact => Assert.Equal($"{fact} {before.GetProperty(fact)}", $"{fact} {after.GetProperty(fact)}"));

    private static JsonElement Generator(JsonElement file) =>
        file.GetProperty("networks").EnumerateArray().Single(n => n.GetProperty("name").GetString() is "G_ema" or "Gs");

    // The programs for TensorFlow and PyTorch trained the same networks.
    private static string Generation(JsonElement file)
    {
        string generation = file.GetProperty("generation").GetString()!;
        return generation.StartsWith("stylegan2", StringComparison.Ordinal) ? "stylegan2" : generation;
    }

    private static JsonElement Inspect(params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(CommandLine.Succeed(["inspect", .. arguments, "--json"]).Results);
        return document.RootElement.Clone();
    }
}
