using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.StyleGan2;

/// <summary>
/// Discriminators of all golden snapshots (StyleGAN3's too: it is the same network) against their expected outputs.
/// </summary>
public sealed class DiscriminatorGoldenTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => SnapshotCase.AnyWith("D/logits");

    public static TheoryData<string> NamesWithParts => SnapshotCase.AnyWith("D/block/");

    [GoldenTheory, MemberData(nameof(Names))]
    public void Logits_are_as_expected(string name)
    {
        using var scope = new TensorScope();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Discriminator d = golden.Discriminator();
        (Tensor image, Tensor? c) = (e["D/img"], e.Optional("D/c"));
        foreach (bool recorded in new[] { false, true })
        {
            using GradMode mode = recorded ? GradMode.On() : GradMode.Off();
            foreach (string key in e.Keys.Where(k => k.StartsWith("D/logits", StringComparison.Ordinal)).ToList())
            {
                // D/logits_n2 is of the first two images only: the statistic over the batch differs.
                long count = e.Array(key).Shape[0];
                Tensor logits = d.Forward(image.Slice(0, 0, count), c?.Slice(0, 0, count));
                Close.To(e[key].Reshape(count, 1), logits, Tolerance, key);
            }
        }
    }

    [GoldenTheory, MemberData(nameof(NamesWithParts))]
    public void Every_block_gives_the_expected_features(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        SnapshotCase golden = SnapshotCase.Load(name);
        GoldenTensors e = golden.Expected;
        using Discriminator d = golden.Discriminator();
        Tensor? x = null, image = e["D/img"];
        int compared = 0;
        foreach (DiscriminatorBlock block in d.Blocks)
        {
            (x, image) = block.Forward(x, image);
            foreach ((string key, Tensor? value) in new[] { ($"D/block/b{block.Resolution}/x", x), (
                $"D/block/b{block.Resolution}/img", image) })
            {
                if (e.Has(key))
                {
                    Tensor expected = e[key];
                    Close.To(expected, value!.Slice(0, 0, expected.Size(0)), Tolerance, key);
                    compared++;
                }
            }
        }

        if (e.Has("D/mbstd"))
        {
            Tensor features = d.Epilogue.WithStatistic(x!, image);
            Close.To(e["D/mbstd"], features.Slice(1, x!.Size(1)), Tolerance, "mbstd");
            compared++;
        }

        if (e.Has("D/cmap"))
        {
            Close.To(e["D/cmap"], d.Mapping!.Forward(null, e["D/c"]), Tolerance, "cmap");
            compared++;
        }

        string[] parts = ["D/block/", "D/mbstd", "D/cmap"];
        Assert.Equal(e.Keys.Count(k => parts.Any(p => k.StartsWith(p, StringComparison.Ordinal))), compared);
    }
}
