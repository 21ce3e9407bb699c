using System.Text.Json;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Tests;

/// <summary>What the verbs do with StyleGAN and StyleGAN2 snapshots of the TensorFlow programs.</summary>
public sealed class StyleGanBeforeTorchTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private const int MaxColumns = 100;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> All => [.. Found];

    public static TheoryData<string> WithoutLabels => [.. Found.Where(n => !GoldenTfFolder.Tensors(n).Has("labels"))];

    private static IEnumerable<string> Found => TfFiles.Where(builder => builder != "G_paper");

    public void Dispose() => folder.Dispose();

    [GoldenTheory, MemberData(nameof(All))]
    public void Networks_are_inspected(string name)
    {
        GoldenTensors expected = GoldenTfFolder.Tensors(name);
        using JsonDocument document = JsonDocument.Parse(
            CommandLine.Succeed("inspect", GoldenTfFolder.Path($"{name}.pkl"), "--json").Results);
        JsonElement found = document.RootElement;
        JsonElement g = found.GetProperty("networks").EnumerateArray().Single(n => n.GetProperty("name").GetString() == "Gs");
        Assert.Equal(Generation(name), found.GetProperty("generation").GetString());
        Assert.True(found.GetProperty("can_generate").GetBoolean());
        Assert.Equal(["generator", "discriminator", "generator"], found.GetProperty("networks").EnumerateArray().Select(
            n => n.GetProperty("kind").GetString()));
        Assert.All(found.GetProperty("networks").EnumerateArray(), n =>
            Assert.Equal(JsonValueKind.Null, n.GetProperty("problem").ValueKind));
        Assert.Equal(
            (Columns("z"), Columns("w"), expected.Has("labels") ? Columns("labels") : 0),
            (g.GetProperty("z_dim").GetInt32(), g.GetProperty("w_dim").GetInt32(), g.GetProperty("c_dim").GetInt32()));
        Assert.Equal(expected.Has("wp_mix")
            ? Columns("wp_mix") : g.GetProperty("num_ws").GetInt32(), g.GetProperty("num_ws").GetInt32());
        bool grows = IsStyleGan(name)
            || TfFiles.Generator(name).Components["synthesis"].BuildFunction == "G_synthesis_stylegan_revised";
        Assert.Equal(grows ? JsonValueKind.Number : JsonValueKind.Null, g.GetProperty("lod").ValueKind);
        if (expected.Has("stored_lod"))
        {
            Assert.Equal(expected["stored_lod"].ToArray<float>()[0], g.GetProperty("lod").GetSingle());
        }

        int Columns(string key) => (int)expected.Array(key).Shape[1];
    }

    [GoldenTheory, MemberData(nameof(All))]
    public void The_text_fits_the_columns(string name)
    {
        string path = GoldenTfFolder.Path($"{name}.pkl"), text = CommandLine.Succeed("inspect", path).Results;
        Assert.Contains("StyleGAN", text);
        Assert.DoesNotContain("Problem", text);
        Assert.All(
            text.Split('\n').Where(l => !l.Contains(path, StringComparison.Ordinal)), line =>
                Assert.InRange(line.Length, 0, MaxColumns));
    }

    [GoldenTheory, MemberData(nameof(WithoutLabels))]
    public void Pictures_are_those_of_the_golden_files(string name)
    {
        using var scope = new TensorScope();
        GoldenTensors expected = GoldenTfFolder.Tensors(name);
        NpyFile.Write(folder["z.npy"], expected.Array("z"));
        bool traditional = !expected.Has("Gs_img_default"), first = IsStyleGan(name);
        string[] truncation = traditional ? [] : first ? ["--trunc", "0.7", "--trunc-cutoff", "8"] : ["--trunc", "0.5"];
        string[] keys = traditional ? ["Gs_img_stored_lod", "Gs_img_lod0"] : ["Gs_img_default_stored_lod", "Gs_img_default"];
        CommandLine.Succeed(
            ["generate", "--network", GoldenTfFolder.Path($"{name}.pkl"), "--outdir", folder["out"], "--latents", folder["z.npy"],
                "--format", "npy", .. truncation]);
        Tensor images = expected[keys.First(expected.Has)];
        for (int i = 0; i < images.Size(0); i++)
        {
            NumpyArray picture = NpyFile.Read(folder[$"out/latent{i:d4}.npy"]);
            Close.To(images.Slice(0, i, i + 1), Tensor.From(picture.ToSingles(), picture.Shape), Tolerance, $"picture {i}");
        }
    }

    private static string Generation(string name) =>
        IsStyleGan(name) ? "stylegan" : TfFiles.Generator(name).Version >= 5 ? "stylegan2-ada-tf" : "stylegan2-tf";

    private static bool IsStyleGan(string name) => TfFiles.Generator(name).BuildFunction == "G_style";
}
