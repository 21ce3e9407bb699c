using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.ProGan;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.ProGan;

/// <summary>ProGAN networks of all golden files against their expected outputs (tolerance of the golden files' README).</summary>
public sealed class ProGanGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => [.. ProGanCase.Names];

    public static TheoryData<string> NamesWithPenalty => [.. ProGanCase.Names.Where(n => GoldenTfFolder.Tensors(n).Has("gp_z"))];

    [GoldenTheory, MemberData(nameof(Names))]
    public void Pictures_are_made_at_every_level_of_detail(string name)
    {
        using var scope = new TensorScope();
        var golden = new ProGanCase(name);
        GoldenTensors e = golden.Expected;
        foreach (string network in new[] { "Gs", "G" })
        {
            using Generator g = golden.Generator(network);
            double stored = g.Lod;
            Assert.True(!e.Has(ProGanCase.StoredLod) || stored == e[ProGanCase.StoredLod].ToArray<float>()[0]);
            int compared = 0;
            foreach ((string key, string variant) in golden.Outputs($"{network}_img_"))
            {
                g.Lod = variant == ProGanCase.StoredLod ? stored : ProGanCase.Lod(variant);
                foreach (bool recorded in new[] { false, true })
                {
                    using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
                    Close.To(e[key], g.Forward(e["z"], e.Optional("labels")), Tolerance, key);
                }

                compared++;
            }

            Assert.True(compared > 0, $"the fixture has no images of {network}");
        }
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void Scores_and_labels_are_as_expected(string name)
    {
        using var scope = new TensorScope();
        var golden = new ProGanCase(name);
        GoldenTensors e = golden.Expected;
        using Discriminator d = golden.Discriminator();
        double stored = d.Lod;
        (string Key, string Variant, bool Labels)[] outputs =
        [
            .. golden.Outputs("D_score_").Select(o => (o.Key, o.Variant, false)), .. golden.Outputs("D_labels_").Select(
                o => (o.Key, o.Variant, true)),
        ];
        Assert.NotEmpty(outputs);
        foreach ((string key, string variant, bool labels) in outputs)
        {
            d.Lod = variant == ProGanCase.StoredLod ? stored
                : variant.StartsWith("first", StringComparison.Ordinal) ? 0
                : ProGanCase.Lod(variant);
            foreach (bool recorded in new[] { false, true })
            {
                using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
                Tensor images = e["images"].Slice(0, 0, e[key].Size(0));
                Close.To(e[key], labels ? d.Judge(images).Labels : d.Forward(images), Tolerance, key);
            }
        }
    }

    [GoldenTheory, MemberData(nameof(NamesWithPenalty))]
    public void The_gradient_penalty_is_as_expected(string name)
    {
        using var scope = new TensorScope();
        var golden = new ProGanCase(name);
        GoldenTensors e = golden.Expected;
        using Generator g = golden.Generator("G");
        using Discriminator d = golden.Discriminator();
        g.Lod = d.Lod = 0;
        Tensor fake, real = e["images"].Slice(0, 0, e["gp_z"].Size(0));
        using (GradMode.Off())
        {
            fake = g.Forward(e["gp_z"], e.Optional("gp_labels"));
        }

        using GradMode mode = GradMode.On();
        Tensor mixed = (real + (fake - real) * e["gp_mix"].Reshape(-1, 1, 1, 1)).Detach();
        mixed.RequiresGrad = true;
        Tensor gradient = Gradient.Of(d.Forward(mixed).Sum(), mixed);
        Tensor norms = gradient.Square().Sum([1, 2, 3]).Sqrt();
        Close.To(e["gp_mixed_norms"], norms, Tolerance, "norms");

        // Per sample: score(fake) - score(real) + 10 (norm - 1)² + 0.001 score(real)².
        (Tensor fakeScore, Tensor realScore) = (d.Forward(fake).Select(1, 0), d.Forward(real).Select(1, 0));
        Tensor loss = fakeScore - realScore + (norms - 1).Square() * 10 + realScore.Square() * 0.001;
        Close.To(e["gp_D_loss_without_label_terms"], loss, Tolerance, "loss");
    }

    [GoldenTheory, MemberData(nameof(Names))]
    public void No_expected_output_is_left_out(string name) =>
        Assert.Empty(new ProGanCase(name).Others("G_img_", "Gs_img_", "D_score_", "D_labels_", "gp_"));

    [GoldenTheory, MemberData(nameof(Names))]
    public void Without_mapping_z_and_label_are_the_only_w(string name)
    {
        using var scope = new TensorScope();
        var golden = new ProGanCase(name);
        using Generator g = golden.Generator();
        (Tensor z, Tensor? c) = (golden.Expected["z"], golden.Expected.Optional("labels"));
        Tensor w = g.Map(z, c);
        Assert.Equal([z.Size(0), g.NumWs, g.WDim], w.Shape.ToArray());
        Assert.Null(g.WAvg);
        Assert.Equal(z.ToArray<float>(), w.Select(1, 0).Slice(1, 0, g.ZDim).Contiguous().ToArray<float>());
        Assert.Equal(g.Forward(z, c).ToArray<float>(), g.Synthesize(w, NoiseInput.Const).ToArray<float>());
    }
}
