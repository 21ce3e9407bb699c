using StyleGanSharp.Networks;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Projection.Tests;

[WithTensorScope]
public sealed class ProjectionStateTests
{
    private const int Stop = 3;

    private static readonly ProjectionOptions Options = new() { Steps = 8, StatisticsSamples = 100, Starts = 2 };

    [Fact]
    public void A_resumed_projection_equals_an_uninterrupted_one_bit_for_bit()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        using var folder = new TemporaryFolder();
        Tensor targets = TinyNetworks.Images(generator, 2);
        var projector = new Projector(generator, space);
        using (ProjectionRun first = projector.Begin(targets, Options))
        {
            Advance(first, Stop);
            first.Save(folder["state"]);
        }

        using ProjectionRun whole = projector.Begin(targets, Options), resumed = projector.Begin(targets, Options);
        Advance(whole, Options.Steps);
        resumed.Resume(folder["state"]);
        Assert.Equal(Stop, resumed.Step);
        Advance(resumed, Options.Steps - Stop);
        Assert.Equal(whole.Losses, resumed.Losses);
        Assert.Equal(whole.Latents.ToArray<float>(), resumed.Latents.ToArray<float>());
        Assert.All(whole.Noise, n => Assert.Equal(n.Value.ToArray<float>(), resumed.Noise[n.Key].ToArray<float>()));
    }

    [Fact]
    public void A_stopped_projection_saves_itself_and_goes_on()
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        using var folder = new TemporaryFolder();
        using var cancel = new CancellationTokenSource();
        Tensor target = TinyNetworks.Images(generator, 1);
        var projector = new Projector(generator, space);
        var steps = new List<int>();
        var reports = new ProjectionReports
        {
            StatePath = folder["state"],
            Progress = new Steps(step =>
            {
                steps.Add(step);
                if (steps.Count == Stop)
                {
                    cancel.Cancel();
                }
            }),
        };
        Assert.Throws<OperationCanceledException>(() => projector.Project(target, Options, reports: reports,
            cancel: cancel.Token));
        using ProjectionResult resumed = projector.Find(target, Options, reports: reports);
        using ProjectionResult whole = projector.Find(target, Options);
        Assert.Equal(Enumerable.Range(1, Options.Steps), steps);
        Assert.Equal(whole.Ws.ToArray<float>(), resumed.Ws.ToArray<float>());
    }

    [Fact]
    public void The_state_of_another_projection_is_refused()
    {
        using IGenerator generator = TinyNetworks.Open(), other = TinyNetworks.Open("sg2-orig-32-c5");
        using var space = new PooledSpace();
        using var folder = new TemporaryFolder();
        Tensor target = TinyNetworks.Images(generator, 1);
        var projector = new Projector(generator, space);
        using (ProjectionRun run = projector.Begin(target, Options))
        {
            run.Save(folder["state"]);
        }

        ProjectionRun[] others =
        [
            projector.Begin(target * 0.5, Options),
            projector.Begin(target, Options with { Seed = 1 }),
            projector.Begin(target, Options, startWs: Tensor.Zeros([1, generator.NumWs, generator.WDim])),
            new Projector(other, space).Begin(target, Options, TinyNetworks.Label(other)),
        ];
        foreach (ProjectionRun run in others)
        {
            Assert.Contains("another network", Assert.Throws<ProjectionFileException>(() => run.Resume(folder["state"])).Message);
            run.Dispose();
        }
    }

    public static TheoryData<string> Damages => ["kind", "step", "skipped", "missing", "extra", "shape", "type", "nan", "count"];

    [Theory, MemberData(nameof(Damages))]
    public void Damaged_states_are_refused_and_change_nothing(string damage)
    {
        using IGenerator generator = TinyNetworks.Open();
        using var space = new PooledSpace();
        using var folder = new TemporaryFolder();
        using ProjectionRun run = new Projector(generator, space).Begin(TinyNetworks.Images(generator, 1), Options);
        Advance(run, 1);
        run.Save(folder["state"]);
        float[] before = run.Latents.ToArray<float>();
        using (SafetensorsFile file = Safetensors.Read(folder["state"]))
        {
            var tensors = file.Tensors.ToDictionary();
            var metadata = file.Metadata.ToDictionary();
            switch (damage)
            {
                case "kind" or "step" or "skipped":
                    metadata[damage] = "9";
                    break;
                case "missing":
                    tensors.Remove("adam.mean.w");
                    break;
                case "extra":
                    tensors.Add("more", Tensor.Zeros([1]));
                    break;
                case "shape":
                    tensors["w"] = Tensor.Zeros([1]);
                    break;
                case "type":
                    tensors["w"] = tensors["w"].To(DType.Float64);
                    break;
                case "nan":
                    tensors["w"] = tensors["w"] * double.NaN;
                    break;
                default:
                    tensors["adam.step.w"] = Tensor.From([-1L], []);
                    break;
            }

            Safetensors.Write(folder["bad"], tensors.Select(t => (t.Key, t.Value)), metadata);
        }

        Assert.Throws<ProjectionFileException>(() => run.Resume(folder["bad"]));
        Assert.Equal(before, run.Latents.ToArray<float>());
        Assert.Equal(1, run.Step);
    }

    private static void Advance(ProjectionRun run, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            run.Advance();
        }
    }

    private sealed class Steps(Action<int> report) : IProgress<ProjectionProgress>
    {
        public void Report(ProjectionProgress value) => report(value.Step);
    }
}
