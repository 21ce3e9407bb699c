using StyleGanSharp.Data.Datasets.Creation;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

public sealed class OrderedWorkTests
{
    [Fact]
    public void A_thread_that_hangs_does_not_keep_the_others_from_ending()
    {
        using var cancel = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        cancel.CancelAfter(200);
        Assert.ThrowsAny<OperationCanceledException>(() => OrderedWork.Run(
            10,
            2,
            i =>
            {
                if (i == 3)
                {
                    never.Wait(CancellationToken.None);
                }

                return i;
            },
            (_, _) => { },
            cancel.Token));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        never.Set();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Work_on_many_threads_is_taken_in_order_and_its_first_failure_is_thrown(int threads)
    {
        var taken = new List<int>();
        int ahead = 0;
        OrderedWork.Run(
            200,
            threads,
            i =>
            {
                Interlocked.Increment(ref ahead);
                return i * i;
            },
            (i, value) =>
            {
                Assert.Equal(i * i, value);
                Assert.InRange(Volatile.Read(ref ahead) - i, 1, 5 * threads);   // 4 waiting for each thread, and those in work.
                taken.Add(i);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 200), taken);
        var failure = Assert.Throws<InvalidDataException>(() => OrderedWork.Run(
            50, threads, i => i is 17 or 30 ? throw new InvalidDataException($"{i}") : i, (_, _) => { },
            TestContext.Current.CancellationToken));
        Assert.Equal("17", failure.Message);
    }
}
