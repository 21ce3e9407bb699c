using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>Generators of all golden snapshots against their expected outputs (tolerances of the golden files' README).</summary>
public sealed class GeneratorGoldenTests
{
    private const double LatentTolerance = 1e-5;
    private const double ImageTolerance = 1e-4;

    public static TheoryData<string> Names => SnapshotCase.Names;

    public static TheoryData<string> NamesWithNoise => SnapshotCase.With("noise/");

    public static TheoryData<string> NamesWithPixels => SnapshotCase.With("img");

    public static TheoryData<string> NamesWithBlocks => SnapshotCase.With("block/");

    [GoldenTheory, MemberData(nameof(Names))]
    public void Latents_are_mapped_and_truncated(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
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

        if (e.Has("w_avg/after_update"))
        {
            g.Mapping.Forward(z, c, updateAverage: true);
            Close.To(e["w_avg/after_update"], g.Mapping.WAvg!, LatentTolerance, "w_avg");
        }
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Pictures_are_synthesised_in_every_form(string name)
    {
        using var scope = new TensorScope();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator(), raw = golden.Generator("G");
        foreach (bool recorded in new[] { false, true })
        {
            using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
            foreach ((string key, NoiseInput noise, ModulationForm form) in new[]
            {
                ("img/const_fused", NoiseInput.Const, ModulationForm.Weights),
                ("img/const_unfused", NoiseInput.Const, ModulationForm.Activations),
                ("img/const_fused", NoiseInput.Const, ModulationForm.Auto),
                ("img/none_fused", NoiseInput.None, ModulationForm.Weights),
                ("img/none_unfused", NoiseInput.None, ModulationForm.Activations),
                ("img/none_unfused", NoiseInput.None, ModulationForm.Auto),
            }.Where(variant => e.Has(variant.Item1)))
            {
                using var step = new TensorScope();
                Close.To(e[key], g.Synthesis.Forward(e["ws/psi1"], noise, form), ImageTolerance,
                    $"{key} {form} recorded: {recorded}");
            }

            if (e.Has("G/img/const"))
            {
                Tensor ws = e.Optional("G/ws/psi1") ?? raw.Mapping.Forward(e["z"], e.Optional("c"));
                Close.To(e["G/img/const"], raw.Synthesis.Forward(ws, NoiseInput.Const), ImageTolerance, "G");
            }
        }
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Single_samples_equal_those_of_the_batch(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
        using Generator g = golden.Generator();
        Tensor all = golden.Expected.Optional("img/const_fused")
            ?? golden.Expected["img/const_unfused"], ws = golden.Expected["ws/psi1"];
        for (int i = 0; i < ws.Size(0); i++)
        {
            Tensor one = g.Synthesis.Forward(ws.Slice(0, i, i + 1), NoiseInput.Const);
            Close.To(all.Slice(0, i, i + 1), one, ImageTolerance, $"sample {i}");
        }
    }

    [GoldenTheory, MemberData(nameof(NamesWithNoise))]
    public void Given_noise_is_used_layer_by_layer(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        var noise = e.Keys.Where(k => k.StartsWith("noise/", StringComparison.Ordinal)).ToDictionary(
            k => k["noise/".Length..], k => e[k]);
        using Generator g = golden.Generator();
        Close.To(e["img/random"], g.Synthesis.Forward(e["ws/psi1"], NoiseInput.Given(noise)), ImageTolerance, "random");
    }

    [GoldenTheory, MemberData(nameof(NamesWithBlocks))]
    public void Every_block_gives_the_expected_features_and_picture(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator();
        Tensor ws = e["ws/psi1"];
        Tensor? x = null, image = null;
        int first = 0, compared = 0;
        foreach (SynthesisBlock block in g.Synthesis.Blocks)
        {
            (x, image) = block.Forward(x, image, ws.Slice(1, first, first + block.NumConv + block.NumToRgb), NoiseInput.Const);
            first += block.NumConv;
            foreach ((string key, Tensor? value) in new[] { ($"block/b{block.Resolution}/x", x), (
                $"block/b{block.Resolution}/img", image) })
            {
                if (e.Has(key))
                {
                    Tensor expected = e[key];
                    Tensor sample = value!.Select(0, 0);
                    Close.To(expected.Reshape([.. sample.Shape]), sample, ImageTolerance, key);
                    compared++;
                }
            }
        }

        Assert.Equal(e.Keys.Count(k => k.StartsWith("block/", StringComparison.Ordinal)), compared);
    }

    [GoldenTheory, MemberData(nameof(NamesWithPixels))]
    public void Whole_pictures_and_their_pixels_are_as_expected(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator();
        GoldenImages.Require(
            e, ImageTolerance, one =>
                g.Synthesis.Forward(g.Mapping.Forward(e["z"], e.Optional("c"), one.Psi, one.Cutoff), NoiseInput.Const));
    }
}
