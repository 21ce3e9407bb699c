using System.Net;
using System.Net.Sockets;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Stats;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests.Distributed;

public sealed class WorldTests
{
    [Fact]
    public void Numbers_and_texts_reach_all()
    {
        (double[], string)[] results = Together.Run(
            3, world => (world.Sum(world.Rank, 1), world.Broadcast("greeting", () => $"of {world.Rank}")));
        Assert.All(results, r => Assert.Equal([3, 3], r.Item1));
        Assert.All(results, r => Assert.Equal("of 0", r.Item2));
    }

    [Fact, NoLeaks]
    public void Gradients_are_averaged_and_missing_ones_stay_missing_only_where_nobody_has_them()
    {
        (float[]?[] Gradients, float Average)[] results = Together.Run(2, world =>
        {
            using var scope = new TensorScope();
            using var module = new OneAverage();
            using var moved = new Averages(module, module.Mean);
            Tensor[] parameters = [Tensor.Zeros([2]), Tensor.Zeros([1, 2]), Tensor.Zeros([1])];
            module.Mean.AddInPlace(world.Rank);
            Tensor?[] gradients =
                [Tensor.From([1f, world.Rank], [2]), world.Rank == 0 ? null : Tensor.From([4f, 6f], [1, 2]), null];
            Tensor?[] averaged = world.Average(parameters, gradients, moved)!;
            Assert.Equal([1, 2], averaged[1]!.Shape.ToArray());
            return (averaged.Select(g => g?.ToArray<float>()).ToArray(), (float)module.Mean.Item());
        });
        foreach ((float[]?[] gradients, float average) in results)
        {
            Assert.Equal([1f, 0.5f], gradients[0]!);
            Assert.Equal([2f, 3f], gradients[1]!);
            Assert.Null(gradients[2]);
            Assert.Equal(0.5f, average);
        }
    }

    [Fact, NoLeaks]
    public void Exhausted_memory_of_one_makes_all_repeat_the_phase()
    {
        bool[] repeat = Together.Run(2, world =>
        {
            using var scope = new TensorScope();
            using var module = new OneAverage();
            using var moved = new Averages(module, module.Mean);
            Tensor[] parameters = [Tensor.Zeros([1])];
            return world.Average(parameters, world.Rank == 1 ? null : [Tensor.Ones([1])], moved) is null;
        });
        Assert.Equal([true, true], repeat);
    }

    [Fact]
    public void Statistics_are_those_of_all_and_different_ones_are_refused()
    {
        Moments[] moments = Together.Run(2, world =>
        {
            var stats = new StatsCollector();
            stats.Report("b", world.Rank);
            stats.Report("a", 2);
            stats.Reduce(world);
            return stats["b"];
        });
        Assert.All(moments, m => Assert.Equal(new Moments(2, 1, 1), m));

        AggregateException e = Assert.Throws<AggregateException>(() => Together.Run(2, world =>
        {
            var stats = new StatsCollector();
            stats.Report($"of {world.Rank}", 1);
            stats.Reduce(world);
            return 0;
        }));
        Assert.Contains("different statistics", e.InnerExceptions[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"trainer\":{\"gamma\":3}}", "data", "Cpu", "trainer.gamma is 3, rank 0's is 1")]
    [InlineData("{\"trainer\":{\"gamma\":1}}", "other", "Cpu", "another data set")]
    [InlineData("{\"trainer\":{\"gamma\":1}}", "data", "Cuda", "computes on Cuda, rank 0 on Cpu")]
    public void Who_disagrees_is_named_by_all(string options, string data, string device, string expected)
    {
        int port = Ports.Free();
        AggregateException e = Assert.Throws<AggregateException>(() => Together.Threads(3, rank =>
        {
            using World world = World.Join(Together.Options(rank, 3, port), _ => { }, CancellationToken.None);
            var common = new Agreement("{\"trainer\":{\"gamma\":1}}", "data", "Cpu", "1");
            world.Agree(rank == 1 ? common with { Options = options, Data = data, Device = device } : common, Device.Cpu);
            return 0;
        }));
        Assert.Equal(3, e.InnerExceptions.Count);
        Assert.All(e.InnerExceptions, x =>
        {
            Assert.StartsWith("Rank 1 (process ", Assert.IsType<RunException>(x).Message, StringComparison.Ordinal);
            Assert.Contains(expected, x.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_failure_of_one_ends_the_others_with_its_words()
    {
        AggregateException e = Assert.Throws<AggregateException>(() => Together.Run(2, world =>
        {
            if (world.Rank == 1)
            {
                world.Fail("the disk with the images is gone.");
                throw new InvalidOperationException("its own");
            }

            return world.Sum(1)[0]; // Waits for the other one.
        }));
        RunException other = Assert.Single(e.InnerExceptions.OfType<RunException>());
        Assert.StartsWith(
            "Rank 1 failed: the disk with the images is gone; the run ends.", other.Message, StringComparison.Ordinal);
        Assert.True(other.WhileRunning);
    }

    [Fact]
    public void A_missing_rank_is_named()
    {
        int port = Ports.Free();
        var patience = TimeSpan.FromSeconds(2);
        AggregateException e = Assert.Throws<AggregateException>(() => Together.Threads(2, rank =>
        {
            using World world = World.Join(
                Together.Options(rank * 2, 4, port) with { JoinLimit = patience }, _ => { }, CancellationToken.None);
            return 0;
        }));
        Assert.Contains(e.InnerExceptions, x =>
            x.Message.Contains("The ranks 1, 3 of 4 did not come within 2 s", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_rank_0_the_others_say_where_they_looked()
    {
        int port = Ports.Free();
        RunException e = Assert.Throws<RunException>(
            () => World.Join(
                Together.Options(1, 2, port) with { JoinLimit = TimeSpan.FromSeconds(1) }, _ => { }, CancellationToken.None));
        Assert.Contains($"no rank 0 at 127.0.0.1:{port} within 1 s (nothing listens there)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_in_use_is_an_error_of_rank_0_and_noticed_by_the_others()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        RunException zero = Assert.Throws<RunException>(
            () => World.Join(
                Together.Options(0, 2, port) with { JoinLimit = TimeSpan.FromSeconds(1) }, _ => { }, CancellationToken.None));
        Assert.Contains($"Port {port} is in use", zero.Message, StringComparison.Ordinal);
        RunException one = Assert.Throws<RunException>(
            () => World.Join(
                Together.Options(1, 2, port) with { JoinLimit = TimeSpan.FromSeconds(1) }, _ => { }, CancellationToken.None));
        Assert.Contains("is not rank 0 of this program", one.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3, "Rank 1 was told that there are 3 processes, rank 0 that there are 2")]
    [InlineData(0, 2, "exists twice")]
    public void A_process_with_wrong_numbers_ends_all(int rank, int size, string expected)
    {
        int port = Ports.Free();
        AggregateException e = Assert.Throws<AggregateException>(() => Together.Threads(2, thread =>
        {
            // The second process comes as a client, even where it calls itself rank 0.
            WorldOptions options = thread == 0
                ? Together.Options(0, 2, port) : Together.Options(rank, size, port) with { IsStoreServed = rank == 0 };
            using World world = World.Join(options, _ => { }, CancellationToken.None);
            return 0;
        }));
        Assert.Equal(2, e.InnerExceptions.Count);
        Assert.All(e.InnerExceptions, x => Assert.Contains(expected, x.Message, StringComparison.Ordinal));
    }

    private sealed class OneAverage : Module
    {
        public OneAverage() => Mean = Tensor.Zeros([]).Own();

        public Tensor Mean { get; }

        protected override void Dispose(bool disposing)
        {
            Mean.Dispose();
            base.Dispose(disposing);
        }
    }
}
