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

/// <summary>Interpolation videos of generate/images.npz.</summary>
[WithTensorScope]
public sealed class VideoGoldenTests
{
    private const string Archive = "generate/images.npz";
    private const double Tolerance = 1e-6;

    /// <summary>Snapshots that videos were made of.</summary>
    public static TheoryData<string> Videos => [.. Described.Select(v => v.GetProperty("snapshot").GetString()!)];

    private static IReadOnlyList<JsonElement> Described => GoldenFolder.List("generate/images.json", "video");

    [GoldenTheory, MemberData(nameof(Videos))]
    public void Key_frames_are_interpolated_as_expected(string snapshot)
    {
        using GradMode mode = GradMode.Off();
        using IGenerator g = NetworkLoader.LoadGenerator(SnapshotFile.Read(GoldenFolder.Path(snapshot)));
        JsonElement video = Described.First(v => v.GetProperty("snapshot").GetString() == snapshot);
        var truncation = Truncation.Uniform(video.TryGetProperty("truncation_psi", out JsonElement psi) ? psi.GetDouble() : 1);
        double[][] keys = [
            .. video.GetProperty("seeds").EnumerateArray().Select(
                s => Ws(g, (uint)s.Long(), truncation).ToArray<float>().Select(v => (double)v).ToArray())];
        KeyFrameCurve curve = KeyFrameCurve.Cubic(keys);

        var expected = new GoldenTensors(Archive, $"video/{Path.GetFileNameWithoutExtension(snapshot)}/");
        int frames = video.GetProperty("w_frames").Int();
        double[] points = [.. Enumerable.Range(0, keys.Length * frames).SelectMany(i => curve.At((double)i / frames))];
        Tensor ws = Tensor.From(points, [keys.Length * frames, g.NumWs, g.WDim]);
        Close.To(expected["w"], ws, Tolerance, snapshot);

        foreach (int i in expected.Keys.Where(k => k.StartsWith("frame", StringComparison.Ordinal)).Select(
            k => int.Parse(k["frame".Length..], CultureInfo.InvariantCulture)))
        {
            Tensor image = g.Synthesize(ws.Slice(0, i, i + 1).To(DType.Float32), NoiseInput.Const);
            Close.ToBytes(expected.Array($"frame{i}").Bytes, Pixels.Quantize(image).Select(0, 0).Permute(1, 2, 0).ToBytes(),
                $"{snapshot}, frame {i}");
        }
    }

    private static Tensor Ws(IGenerator g, uint seed, Truncation truncation) =>
        truncation.Apply(g.Map(LatentSeeds.Draw([seed], g.ZDim).To(DType.Float32), null), g.WAvg!);
}
