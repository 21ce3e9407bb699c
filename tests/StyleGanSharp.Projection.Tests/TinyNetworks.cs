using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection.Tests;

/// <summary>The small snapshots of this checkout, and images of theirs.</summary>
internal static class TinyNetworks
{
    internal static IGenerator Open(string name = "sg2-skip-32") =>
        NetworkLoader.LoadGenerator(SnapshotFile.Read(Fixtures.Golden.Path($"snapshots/{name}.pkl")), "G_ema");

    internal static Tensor? Label(IGenerator generator)
    {
        if (generator.CDim == 0)
        {
            return null;
        }

        float[] label = new float[generator.CDim];
        label[1] = 1;
        return Tensor.From(label, [1, generator.CDim]);
    }

    internal static Tensor Images(IGenerator generator, int count)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using var draws = new RandomGenerator(5);
        Tensor z = Tensor.RandN([count, generator.ZDim], draws);
        Tensor ws = generator.Map(z, Label(generator)?.Expand(count, generator.CDim));
        return scope.Keep(generator.Synthesize(ws, Networks.Layers.NoiseInput.Const).Clamp(-1, 1));
    }

    internal static ProjectionResult Find(
        this Projector projector, Tensor targets, ProjectionOptions options, Tensor? label = null, Tensor? startWs = null,
        ProjectionReports? reports = null) =>
        projector.Project(targets, options, label, startWs, reports, TestContext.Current.CancellationToken);
}
