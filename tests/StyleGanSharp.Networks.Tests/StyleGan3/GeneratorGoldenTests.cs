using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.StyleGan3;

/// <summary>
/// Generators of all golden StyleGAN3 snapshots against their expected outputs (tolerances of the golden files' README).
/// </summary>
public sealed class GeneratorGoldenTests
{
    private const double LatentTolerance = 1e-5;
    private const double ImageTolerance = 1e-4;
    private const double AverageTolerance = 1e-5;

    public static TheoryData<string> Names => AliasFreeCase.Names;

    [GoldenTheory, MemberData(nameof(Names))]
    public void Latents_are_mapped_and_truncated(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator(), raw = golden.Generator("G");
        (Tensor z, Tensor? c) = (e["z"], e.Optional("c"));
        foreach ((string prefix, Generator network) in new[] { ("ws/", g), ("G/ws/", raw) })
        {
            foreach (TruncationKey one in TruncationKey.Below(e.Keys, prefix))
            {
                Close.To(e[one.Key], network.Mapping.Forward(z, c, one.Psi, one.Cutoff), LatentTolerance, one.Key);
            }
        }

        Assert.Equal(golden.Json.GetProperty("num_ws").GetDouble(), g.NumWs);
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Pictures_are_synthesised_in_every_form(string name)
    {
        using var scope = new TensorScope();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator(), raw = golden.Generator("G");
        foreach (bool recorded in new[] { false, true })
        {
            using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
            foreach (ModulationForm form in Enum.GetValues<ModulationForm>())
            {
                using var step = new TensorScope();
                Close.To(e["img/psi1"], g.Synthesis.Forward(e["ws/psi1"], form), ImageTolerance, $"{form} recorded: {recorded}");
            }

            if (e.Has("G/img/const"))
            {
                Tensor ws = e.Optional("G/ws/psi1") ?? raw.Mapping.Forward(e["z"], e.Optional("c"));
                Close.To(e["G/img/const"], raw.Synthesize(ws, NoiseInput.Const), ImageTolerance, "G");
            }
        }
    }

    // The styles are normalised over the batch, so single samples are not exactly those of a batch; the image hardly changes,
    // because demodulation undoes the difference but for its epsilon.
    [GoldenTheory, MemberData(nameof(Names))]
    public void Single_samples_equal_those_of_the_batch(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        using Generator g = golden.Generator();
        Tensor all = golden.Expected["img/psi1"], ws = golden.Expected["ws/psi1"];
        for (int i = 0; i < ws.Size(0); i++)
        {
            Close.To(all.Slice(0, i, i + 1), g.Synthesis.Forward(ws.Slice(0, i, i + 1)), ImageTolerance, $"sample {i}");
        }
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Every_layer_gives_the_expected_features(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator();
        Tensor ws = e["ws/psi1"];
        if (e.Has("input/affine_t"))
        {
            Close.To(e["input/affine_t"], g.Synthesis.Input.Pose(ws.Select(1, 0)), ImageTolerance, "pose");
        }

        Tensor x = g.Synthesis.Input.Forward(ws.Select(1, 0));
        int compared = Check(e, "layer/input/", x), i = 1;
        foreach (SynthesisLayer layer in g.Synthesis.Layers)
        {
            x = layer.Forward(x, ws.Select(1, i++));
            compared += Check(e, $"layer/{layer.Geometry.Name}/", x);
        }

        Assert.Equal(e.Keys.Count(k => k.StartsWith("layer/", StringComparison.Ordinal)), compared);
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Transforms_move_and_turn_the_picture_at_its_source(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator();
        JsonElement[] described = golden.Json.TryGetProperty("transforms", out JsonElement list)
            ? [.. list.EnumerateArray()] : [];
        Tensor ws = e["ws/psi1"];
        int count = e.Keys.Count(
            k => k.StartsWith("transform", StringComparison.Ordinal) && k.EndsWith("/matrix", StringComparison.Ordinal));
        for (int k = 0; k < count; k++)
        {
            Tensor expected = e[$"transform{k}/matrix"];
            double[,] matrix = k < described.Length ? Matrix(described[k]) : Square(expected.ToArray<double>());
            Close.To(expected, Tensor.From([.. matrix.Cast<double>()], [3, 3]), 1e-6, $"matrix {k}");
            g.SetTransform(matrix);
            Check(e, $"transform{k}/input_", g.Synthesis.Input.Forward(ws.Select(1, 0)));

            Close.To(e[$"transform{k}/img"], g.Synthesis.Forward(ws), ImageTolerance, $"picture {k}");
        }

        g.SetTransform(ImageTransform.Identity);
        Close.To(e["img/psi1"], g.Synthesis.Forward(ws), ImageTolerance, "transform taken back");
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Averages_are_updated_before_they_are_used(string name)
    {
        using var scope = new TensorScope();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        foreach (bool recorded in new[] { false, true })
        {
            using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
            using Generator g = golden.Generator();
            Close.To(e["ema/img"], g.Forward(e["z"], e.Optional("c"), updateAverages: true), ImageTolerance, "picture");
            Close.To(e["ema/w_avg"], g.WAvg!, AverageTolerance, "w_avg");
            var buffers = g.NamedBuffers().ToDictionary(b => b.Name, b => b.Value);
            Tensor magnitudes = Tensor.Stack(
                [.. g.Synthesis.Layers.Select(l => buffers[$"synthesis.{l.Geometry.Name}.magnitude_ema"])]);
            Close.To(e["ema/magnitude_ema"], magnitudes, AverageTolerance, "magnitude_ema");
        }
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Whole_pictures_and_their_pixels_are_as_expected(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator();
        GoldenImages.Require(
            e, ImageTolerance, one => g.Synthesis.Forward(g.Mapping.Forward(e["z"], e.Optional("c"), one.Psi, one.Cutoff)));
    }

    // <prefix>ch0-1: channels of the first sample; <prefix>mean_square: of every sample.
    private static int Check(GoldenTensors e, string prefix, Tensor x)
    {
        string[] keys = [.. e.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))];
        foreach (string key in keys)
        {
            string part = key[prefix.Length..];
            if (part == "mean_square")
            {
                Close.To(e[key], x.Square().Mean([1, 2, 3]), ImageTolerance, key);
                continue;
            }

            int[] channels = [.. part["ch".Length..].Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
            Close.To(e[key], x.Slice(0, 0, 1).Slice(1, channels[0], channels[^1] + 1), ImageTolerance, key);
        }

        return keys.Length;
    }

    private static double[,] Matrix(JsonElement described)
    {
        double[] shift = [.. described.GetProperty("translate").EnumerateArray().Select(v => v.GetDouble())];
        return new ImageTransform(shift[0], shift[1], described.GetProperty("rotate_degrees").GetDouble(), 1).InverseMatrix();
    }

    private static double[,] Square(double[] m) => new[,] { { m[0], m[1], m[2] }, { m[3], m[4], m[5] }, { m[6], m[7], m[8] } };
}
