namespace StyleGanSharp.Torch.Tests;

public sealed class TorchParallelTests
{
    [Theory]
    [InlineData(0, 1000, 1)]
    [InlineData(0, 1000, 333)]
    [InlineData(-5, 7, 4)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 10, 1000)]
    [InlineData(9, 3, 1)]
    public void Every_number_of_the_range_comes_once(long begin, long end, long grain)
    {
        var visits = new int[Math.Max(end - begin, 0)];
        TorchParallel.For(begin, end, grain, (first, last) =>
        {
            for (long i = first; i < last; i++)
            {
                Interlocked.Increment(ref visits[i - begin]);
            }
        });
        Assert.All(visits, v => Assert.Equal(1, v));
    }

    [Fact]
    public void More_than_one_thread_takes_part_where_there_are_more()
    {
        // The parts wait for each other (with a limit), so that no thread can take them all.
        int parts = Math.Min(TorchLibrary.Threads, 2);
        using var all = new CountdownEvent(parts);
        bool together = true;
        TorchParallel.For(0, parts, 1, (_, _) =>
        {
            all.Signal();
            together &= all.Wait(TimeSpan.FromSeconds(20));
        });
        Assert.True(together);
    }

    [Fact]
    public void An_exception_in_a_part_arrives_as_inner_exception()
    {
        var thrown = new InvalidOperationException("bad part");
        TorchException e = Assert.Throws<TorchException>(() => TorchParallel.For(0, 100, 1, (_, _) => throw thrown));
        Assert.Same(thrown, e.InnerException);
        Assert.Contains("bad part", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_exhausted_in_a_part_stays_its_own_kind_of_exception() =>
        Assert.Throws<TorchOutOfMemoryException>(() => TorchParallel.For(0, 1, 1, (_, _) => Tensor.Empty([1L << 50]).Dispose()));

    [Fact]
    public void The_next_loop_knows_nothing_of_an_earlier_failure()
    {
        Assert.Throws<TorchException>(() => TorchParallel.For(0, 1, 1, (_, _) => throw new InvalidOperationException("bad")));
        TorchParallel.For(0, 1, 1, (_, _) => { });
        Assert.Null(Assert.Throws<TorchException>(() => new Operator("aten::none").Schema).InnerException);
    }

    [Fact]
    public void The_grain_is_at_least_one() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TorchParallel.For(0, 1, 0, (_, _) => { }));
}
