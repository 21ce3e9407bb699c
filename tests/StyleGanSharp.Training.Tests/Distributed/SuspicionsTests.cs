using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Training.Tests.Distributed;

public sealed class SuspicionsTests
{
    private static readonly Member[] Members = [new(0, 3, "a", 10), new(1, 3, "a", 11), new(2, 3, "b", 12)];

    private static readonly WorldOptions Options =
        new() { Rank = 0, Size = 3, Port = 1, SilenceLimit = TimeSpan.FromSeconds(30) };

    private readonly Suspicions suspicions = new(Members, Options);

    [Fact]
    public void Silence_is_noticed_sooner_where_an_exchange_has_failed()
    {
        Hear(0, new Beat(1, 5, 5, false, 1, false));
        Assert.Null(Silent(4, exchangeFailed: true));
        Assert.Contains("Rank 1 (process 11 on a) has not answered for 6 s", Silent(6, exchangeFailed: true),
            StringComparison.Ordinal);
        Assert.Null(Silent(29, exchangeFailed: false));
        Assert.Contains("Rank 1", Silent(31, exchangeFailed: false), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_beat_again_is_silence_and_who_has_left_is_not_missed()
    {
        suspicions.Hear(1, new Beat(1, 0, 0, false, 0, false), TimeSpan.Zero);
        suspicions.Hear(1, new Beat(1, 0, 0, false, 0, false), TimeSpan.FromSeconds(40));
        suspicions.Hear(2, new Beat(9, 0, 0, false, 0, Left: true), TimeSpan.Zero);
        Assert.StartsWith("Rank 1", Silent(41, exchangeFailed: false), StringComparison.Ordinal);
        suspicions.Hear(1, new Beat(2, 0, 0, false, 0, false), TimeSpan.FromSeconds(41));
        Assert.Null(Silent(60, exchangeFailed: false));
        Assert.True(suspicions.IsGone(2, TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData(1, 46, true)]   // 45 s, ten times what it took before being less.
    [InlineData(1, 44, false)]
    [InlineData(6, 59, false)]  // Ten times 6 s.
    [InlineData(6, 61, true)]
    public void Who_keeps_the_others_waiting_hangs(double gap, int seconds, bool expected)
    {
        Hear(0, new Beat(1, 99, 99, false, gap, false));
        suspicions.Hear(0, new Beat(2, 100, 99, false, gap, false), TimeSpan.FromSeconds(1));
        suspicions.Hear(1, new Beat(2, 100, 99, false, gap, false), TimeSpan.FromSeconds(1));
        Assert.Null(Stalled(1));
        string? verdict = Stalled(1 + seconds);
        Assert.Equal(expected, verdict?.StartsWith(
            "Rank 2 (process 12 on b) answers, but has kept the others waiting", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Who_has_said_that_it_takes_its_time_may_and_so_may_the_first_iterations()
    {
        Hear(0, new Beat(1, 99, 99, false, 1, false));
        suspicions.Hear(1, new Beat(2, 100, 99, false, 1, false), TimeSpan.Zero);
        suspicions.Hear(2, new Beat(2, 100, 99, false, 1, false), TimeSpan.Zero);
        suspicions.Hear(0, new Beat(2, 99, 99, Paused: true, 1, false), TimeSpan.Zero);
        Assert.Null(Stalled(0));
        Assert.Null(Stalled(10_000));

        var fresh = new Suspicions(Members, Options);
        fresh.Hear(1, new Beat(1, 3, 2, false, 1, false), TimeSpan.Zero);
        Assert.Null(fresh.Stalled(TimeSpan.Zero));
        Assert.Null(fresh.Stalled(TimeSpan.FromSeconds(599)));
        Assert.NotNull(fresh.Stalled(TimeSpan.FromSeconds(601)));
    }

    [Fact]
    public void An_exchange_that_all_have_begun_and_nobody_ends_is_the_networks_fault()
    {
        Hear(0, new Beat(1, 100, 99, false, 1, false));
        Assert.Null(Stalled(1));
        Assert.Null(Stalled(90));
        Assert.Contains("network", Stalled(92), StringComparison.Ordinal);
    }

    private void Hear(int second, Beat beat)
    {
        for (int rank = 0; rank < Members.Length; rank++)
        {
            suspicions.Hear(rank, beat, TimeSpan.FromSeconds(second));
        }
    }

    private string? Silent(int second, bool exchangeFailed) =>
        suspicions.Silent([1, 2], TimeSpan.FromSeconds(second), exchangeFailed);

    private string? Stalled(int second) => suspicions.Stalled(TimeSpan.FromSeconds(second));
}
