using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Runs of networks without mapping layers: Karras et al. (2019), table 4.</summary>
public sealed class NoMappingRunTests
{
    // Path length regularization needs a slope in w, before which nothing is learned where there are no labels either.
    [Theory, NoLeaks]
    [InlineData("small", null, false)]
    [InlineData("small", null, true)]
    [InlineData("stylegan1", "f", true)]
    [InlineData("stylegan2", "d", false)]
    public void They_train_and_their_snapshots_are_read_again(string preset, string? variant, bool labels)
    {
        using var folder = new TemporaryFolder();
        bool grows = preset != "small";
        TrainingOptions options = TinyRun.Options(8, preset, r => r with
        {
            Variant = variant,
            MappingLayers = 0,
            Target = grows ? null : r.Target,
            LevelKimg = grows ? 0.008 : null,
            FadeKimg = grows ? 0.008 : null,
            Data = r.Data with { UseLabels = labels },
        });
        TinyRun.Run(folder["run"], options);
        string last = Directory.GetFiles(folder["run"], "network-snapshot-*.safetensors").Order().Last();
        using IGenerator g = NetworkFile.ReadGenerator(last);
        Assert.Equal(labels ? 16 : 8, g.WDim);
        using GradMode mode = GradMode.Off();
        using var scope = new TensorScope();
        using var random = new RandomGenerator(5);
        Tensor z = Tensor.RandN([3, 8], random);
        Tensor? c = labels ? Tensor.Full([3, g.CDim], 1.0 / g.CDim) : null;
        Tensor w = g.Map(z, c).Select(1, 0);

        // Of unit mean square: the whole of it, or each of its halves, as the family has it.
        Close.To(Tensor.Full([3], 1), w.Square().Mean([1]), 1e-5, "mean square");
        if (!labels)
        {
            Close.To(z / z.Square().Mean([1]).Sqrt().Unsqueeze(1), w, 1e-5, "w");
        }

        Assert.True(g.WAvg!.Square().Sum().Item() > 0, "the average of w was not kept");
    }
}
