using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests;

/// <summary>From a seed to pixels, as the command line does it: every image of generate/images.npz.</summary>
public sealed class GenerateGoldenTests
{
    private const string Archive = "generate/images.npz";

    /// <summary>
    /// Keys of single images, e.g. <c>sg2-skip-32/seed0_psi1</c>; videos are compared in <see cref="VideoGoldenTests"/>, the
    /// mixing table by the tests of its verb.
    /// </summary>
    public static TheoryData<string> Keys =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.Contains("/seed", StringComparison.Ordinal))];

    [GoldenTheory, MemberData(nameof(Keys))]
    public void Pixels_of_a_seed_are_as_expected(string key)
    {
        string[] parts = key.Split('/');
        JsonElement described = Described(parts[^2]);
        string snapshot = described.GetProperty("snapshot").GetString()!;
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using IGenerator g = NetworkLoader.LoadGenerator(SnapshotFile.Read(GoldenFolder.Path(snapshot)));
        string[] words = parts[^1].Split('_');
        uint seed = uint.Parse(words[0]["seed".Length..], CultureInfo.InvariantCulture);
        double psi = double.Parse(words[1]["psi".Length..], CultureInfo.InvariantCulture);
        if (words.Contains("translated") || words.Contains("rotated"))
        {
            Move(described, g);
        }

        Tensor image = g.Synthesize(
            Truncation.Uniform(psi).Apply(g.Map(LatentSeeds.Draw([seed], g.ZDim), Label(described, g)), g.WAvg!),
            NoiseInput.Const);
        Close.ToBytes(GoldenFolder.Arrays(Archive)[key].Bytes, Pixels.Quantize(image).Select(0, 0).Permute(1, 2, 0).ToBytes(),
            key);
    }

    private static Tensor? Label(JsonElement described, IGenerator g)
    {
        if (g.CDim == 0)
        {
            return null;
        }

        var label = new float[g.CDim];
        if (described.TryGetProperty("class_idx", out JsonElement index) && index.ValueKind == JsonValueKind.Number)
        {
            label[index.Int()] = 1;
        }

        return Tensor.From(label, [1, label.Length]);
    }

    private static void Move(JsonElement described, IGenerator g)
    {
        double[] shift = described.TryGetProperty("translate", out JsonElement list)
            ? [.. list.EnumerateArray().Select(v => v.GetDouble())] : [0, 0];
        double angle = described.TryGetProperty("rotate", out JsonElement turn) ? turn.GetDouble() : 0;
        var transform = new ImageTransform(shift[0], shift[1], angle, Scale: 1);
        Assert.IsAssignableFrom<ITransformable>(g).SetTransform(transform.InverseMatrix());
    }

    private static JsonElement Described(string name) => GoldenFolder.List("generate/images.json", "images")
        .First(i => Path.GetFileNameWithoutExtension(i.GetProperty("snapshot").GetString()) == name);
}
