using System.Text.Json;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Tests;

/// <summary>What the verbs do with snapshots of the time before PyTorch.</summary>
public sealed class SnapshotsBeforeTorchTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private const int MaxColumns = 100;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> ProGans => [.. Found];

    public static TheoryData<string> ProGansWithoutLabels => [.. Found.Where(n => !GoldenTfFolder.Tensors(n).Has("labels"))];

    private static IEnumerable<string> Found => TfFiles.Where(builder => builder == "G_paper");

    public void Dispose() => folder.Dispose();

    [GoldenTheory, MemberData(nameof(ProGans))]
    public void A_progan_is_inspected(string name)
    {
        GoldenTensors expected = GoldenTfFolder.Tensors(name);
        JsonElement found = Inspect(name);
        JsonElement g = found.GetProperty("networks").EnumerateArray().Single(n => n.GetProperty("name").GetString() == "Gs");
        Assert.Equal("progan", found.GetProperty("generation").GetString());
        Assert.True(found.GetProperty("can_generate").GetBoolean());
        Assert.Equal(["generator", "discriminator", "generator"], found.GetProperty("networks").EnumerateArray().Select(
            n => n.GetProperty("kind").GetString()));
        string key = expected.Keys.First(k => k.StartsWith("Gs_img_", StringComparison.Ordinal));
        int[] image = [.. expected.Array(key).Shape.ToArray().Select(s => (int)s)];
        Assert.Equal((image[1], image[3]), (g.GetProperty("channels").GetInt32(), g.GetProperty("resolution").GetInt32()));
        Assert.Equal(expected.Array("z").Shape[1], g.GetProperty("z_dim").GetInt32());
        Assert.Equal(expected.Has("labels") ? expected.Array("labels").Shape[1] : 0, g.GetProperty("c_dim").GetInt32());
        Assert.Equal(g.GetProperty("z_dim").GetInt32() + g.GetProperty("c_dim").GetInt32(), g.GetProperty("w_dim").GetInt32());
        Assert.Equal(StoredLod(expected), g.GetProperty("lod").GetSingle());
        Assert.Equal(JsonValueKind.Null, g.GetProperty("problem").ValueKind);
    }

    [GoldenTheory, MemberData(nameof(ProGans))]
    public void The_text_names_what_people_ask_for(string name)
    {
        string path = GoldenTfFolder.Path($"{name}.pkl"), text = CommandLine.Succeed("inspect", path, "--layers").Results;
        Assert.Contains("ProGAN", text);
        Assert.Contains("level of detail", text);
        Assert.Contains("Tensors of Gs", text);
        Assert.DoesNotContain("Problem", text);
        Assert.All(
            text.Split('\n').Where(l => !l.Contains(path, StringComparison.Ordinal)), line =>
                Assert.InRange(line.Length, 0, MaxColumns));
    }

    [GoldenTheory, MemberData(nameof(ProGansWithoutLabels))]
    public void Pictures_of_a_progan_are_those_of_the_golden_files(string name)
    {
        using var scope = new TensorScope();
        GoldenTensors expected = GoldenTfFolder.Tensors(name);
        NpyFile.Write(folder["z.npy"], expected.Array("z"));
        Generate(GoldenTfFolder.Path($"{name}.pkl"), "--latents", folder["z.npy"], "--format", "npy");
        Tensor images = expected[expected.Has("Gs_img_stored_lod") ? "Gs_img_stored_lod" : "Gs_img_lod0"];
        for (int i = 0; i < images.Size(0); i++)
        {
            NumpyArray picture = NpyFile.Read(folder[$"out/latent{i:d4}.npy"]);
            Close.To(images.Slice(0, i, i + 1), Tensor.From(picture.ToSingles(), picture.Shape), Tolerance, $"picture {i}");
        }
    }

    [Fact]
    public void Classes_and_seeds_of_a_conditional_progan_change_the_picture()
    {
        string network = Fixtures.GoldenTf.Path("progan-tf-labels-16-proto2.pkl");
        var pictures = new HashSet<string>();
        foreach ((string seed, string label) in new[] { ("0", "0"), ("0", "1"), ("1", "1") })
        {
            Generate(network, "--seeds", seed, "--class", label);
            Assert.True(pictures.Add(Convert.ToHexString(File.ReadAllBytes(folder[$"out/seed000{seed}.png"]))));
        }
    }

    [Fact]
    public void What_keeps_no_average_cannot_be_truncated() => Assert.Contains("--trunc", CommandLine.Refuse(
        "generate", "--network", Fixtures.GoldenTf.Path("tiny-valid.pkl"), "--trunc", "0.7", "--outdir", folder["out"]));

    private static float StoredLod(GoldenTensors expected) =>
        expected.Has("stored_lod") ? expected["stored_lod"].ToArray<float>()[0] : 0;

    private static JsonElement Inspect(string name)
    {
        using JsonDocument document = JsonDocument.Parse(
            CommandLine.Succeed("inspect", GoldenTfFolder.Path($"{name}.pkl"), "--json").Results);
        return document.RootElement.Clone();
    }

    private void Generate(string network, params string[] more) =>
        CommandLine.Succeed(["generate", "--network", network, "--outdir", folder["out"], .. more]);
}
