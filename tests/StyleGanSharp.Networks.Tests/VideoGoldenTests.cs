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
[Trait("Kind", "Golden"), WithTensorScope]
public sealed class VideoGoldenTests
{
    private const string Archive = "generate/images.npz";
    private const double Tolerance = 1e-6;

    private static JsonElement Description => GoldenFolder.Json("generate/images.json");

    /// <summary>Snapshots that videos were made of.</summary>
    public static TheoryData<string> Videos => [.. Description.GetProperty("video").EnumerateArray().Select(v => v.GetProperty("snapshot").GetString()!)];

    [Theory, MemberData(nameof(Videos))]
    public void Key_frames_are_interpolated_as_expected(string snapshot)
    {
        using GradMode mode = GradMode.Off();
        using IGenerator g = Load(snapshot);
        JsonElement video = Description.GetProperty("video").EnumerateArray().First(v => v.GetProperty("snapshot").GetString() == snapshot);
        var truncation = Truncation.Uniform(video.GetProperty("truncation_psi").GetDouble());
        double[][] keys = [.. video.GetProperty("seeds").EnumerateArray().Select(s => Ws(g, s.GetUInt32(), truncation).ToArray<float>().Select(v => (double)v).ToArray())];
        KeyFrameCurve curve = KeyFrameCurve.Cubic(keys);

        var expected = new GoldenTensors(Archive, $"video/{Path.GetFileNameWithoutExtension(snapshot)}/");
        int frames = video.GetProperty("w_frames").GetInt32();
        double[] points = [.. Enumerable.Range(0, keys.Length * frames).SelectMany(i => curve.At((double)i / frames))];
        Tensor ws = Tensor.From(points, [keys.Length * frames, g.NumWs, g.WDim]);
        Close.To(expected["w"], ws, Tolerance, snapshot);

        foreach (int i in video.GetProperty("frames").EnumerateArray().Select(f => f.GetInt32()))
        {
            Tensor image = g.Synthesize(ws.Slice(0, i, i + 1).To(DType.Float32), NoiseInput.Const);
            Close.ToBytes(expected.Array($"frame{i}").Bytes, Pixels.Quantize(image).Select(0, 0).Permute(1, 2, 0).ToBytes(), $"{snapshot}, frame {i}");
        }
    }

    private static Tensor Ws(IGenerator g, uint seed, Truncation truncation) =>
        truncation.Apply(g.Map(LatentSeeds.Draw([seed], g.ZDim).To(DType.Float32), null), g.WAvg!);

    private static IGenerator Load(string snapshot)
    {
        try
        {
            return NetworkLoader.LoadGenerator(SnapshotFile.Read(GoldenFolder.Path(snapshot)));
        }
        catch (SnapshotException e) when (e.Message.Contains("which this version cannot run", StringComparison.Ordinal))
        {
            Assert.Skip($"Waits for the network of {snapshot}.");
            throw;
        }
    }
}
