using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests;

/// <summary>From a seed to pixels, as the command line does it: every picture of generate/images.npz.</summary>
[Trait("Kind", "Golden")]
public sealed class GenerateGoldenTests
{
    private const string Archive = "generate/images.npz";

    /// <summary>Keys of single pictures, e.g. <c>sg2-skip-32/seed0_psi1</c>; videos are compared in <see cref="VideoGoldenTests"/>, the mixing table by the tests of its verb.</summary>
    public static TheoryData<string> Keys => [.. GoldenFolder.Arrays(Archive).Keys.Where(k => k.Contains("/seed", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Keys))]
    public void Pixels_of_a_seed_are_as_expected(string key)
    {
        string[] parts = key.Split('/');
        string snapshot = $"snapshots/{parts[^2]}.pkl";
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using IGenerator g = NetworkLoader.LoadGenerator(SnapshotFile.Read(GoldenFolder.Path(snapshot)));
        string[] words = parts[^1].Split('_');
        uint seed = uint.Parse(words[0]["seed".Length..]);
        double psi = double.Parse(words[1]["psi".Length..]);
        if (words.Contains("translated"))
        {
            Move(snapshot, g);
        }

        Tensor image = g.Synthesize(Truncation.Uniform(psi).Apply(g.Map(LatentSeeds.Draw([seed], g.ZDim), Label(snapshot, g)), g.WAvg!), NoiseInput.Const);
        Close.ToBytes(GoldenFolder.Arrays(Archive)[key].Bytes, Pixels.Quantize(image).Select(0, 0).Permute(1, 2, 0).ToBytes(), key);
    }

    private static Tensor? Label(string snapshot, IGenerator g)
    {
        if (g.CDim == 0)
        {
            return null;
        }

        var label = new float[g.CDim];
        if (Described(snapshot).GetProperty("class_idx") is { ValueKind: JsonValueKind.Number } index)
        {
            label[index.GetInt32()] = 1;
        }

        return Tensor.From(label, [1, label.Length]);
    }

    private static void Move(string snapshot, IGenerator g)
    {
        JsonElement described = Described(snapshot);
        double[] shift = [.. described.GetProperty("translate").EnumerateArray().Select(v => v.GetDouble())];
        var transform = new PictureTransform(shift[0], shift[1], described.GetProperty("rotate").GetDouble(), Scale: 1);
        Assert.IsAssignableFrom<ITransformable>(g).SetTransform(transform.InverseMatrix());
    }

    private static JsonElement Described(string snapshot) => GoldenFolder.Json("generate/images.json").GetProperty("images").EnumerateArray()
        .First(i => i.GetProperty("snapshot").GetString() == snapshot);
}
