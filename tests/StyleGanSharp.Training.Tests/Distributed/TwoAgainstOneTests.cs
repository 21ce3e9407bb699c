using System.Diagnostics;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Optimizers;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Distributed;

public sealed class TwoAgainstOneTests
{
    // Sums are added in another order. Adam with beta1 = 0 turns a gradient of rounding size into a full step of either sign.
    private const double RelativeTolerance = 1e-4;
    private const double ShareWithin = 0.999;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Processes_with_parts_of_a_batch_end_as_one_with_the_whole_batch(int size)
    {
        using var folder = new TemporaryFolder();
        (long all, long within) = Compare(folder, size, pathLength: false);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{size} processes: {all - within} of {all} weights beyond {RelativeTolerance}");
        Assert.True(within >= ShareWithin * all,
            $"only {within} of {all} weights are within {RelativeTolerance} of their tensor's largest");
    }

    // Every process compares the lengths of its own paths with their mean, as the reference does: that is another loss than of
    // all at once.
    [Fact]
    public void With_path_length_regularisation_processes_stay_together_and_near_one()
    {
        using var folder = new TemporaryFolder();
        Compare(folder, 2, pathLength: true);
    }

    // The numbers of all weights, and of those within the tolerance of their tensor's largest.
    private static (long All, long Within) Compare(TemporaryFolder folder, int size, bool pathLength)
    {
        Finish([HalfBatch.Start(0, 1, 0, size, pathLength, folder["one"])]);
        int port = Ports.Free();
        Finish([.. Enumerable.Range(0, size).Select(r => HalfBatch.Start(r, size, port, size, pathLength, folder[$"part{r}"]))]);
        for (int rank = 1; rank < size; rank++)
        {
            Assert.True(File.ReadAllBytes(folder["part0"]).SequenceEqual(File.ReadAllBytes(folder[$"part{rank}"])),
                $"the processes 0 and {rank} have other weights");
        }

        using SafetensorsFile one = Safetensors.Read(folder["one"]), part = Safetensors.Read(folder["part0"]);
        double step = LargestMove(HalfBatch.Options(size, pathLength).Trainer);
        long all = 0, within = 0;
        foreach ((string name, Torch.Tensor value) in one.Tensors)
        {
            double[] a = value.ToArray<double>(), b = part.Tensors[name].ToArray<double>();
            double tolerance = RelativeTolerance * a.Max(Math.Abs);
            for (int i = 0; i < a.Length; i++)
            {
                double difference = Math.Abs(a[i] - b[i]);
                all++;
                within += difference <= tolerance ? 1 : 0;
                Assert.True(difference <= Math.Max(tolerance, step), $"{name}[{i}] differs by {difference}");
            }
        }

        return (all, within);
    }

    // 2 x learning rate x steps, of whichever network moves more.
    private static double LargestMove(TrainerOptions options) =>
        new[] { (options.GeneratorAdam, options.GeneratorInterval), (
            options.DiscriminatorAdam, options.DiscriminatorInterval) }.Max(n => Move(n.Item1, n.Item2));

    private static double Move(AdamOptions adam, int? interval) =>
        2 * adam.LearningRate * (HalfBatch.Iterations + (interval is int i ? (HalfBatch.Iterations + i - 1) / i : 0));

    private static void Finish(Process[] processes)
    {
        foreach (Process process in processes)
        {
            Task<string> messages = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            if (!process.WaitForExit(Patience))
            {
                Array.ForEach(processes, p => p.Kill());
                Assert.Fail($"A process did not end within {Patience}.");
            }

            Assert.True(process.ExitCode == 0, messages.GetAwaiter().GetResult());
            process.Dispose();
        }
    }
}
