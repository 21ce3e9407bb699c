using System.Globalization;

namespace StyleGanSharp.Training.Distributed;

/// <summary>
/// What process 0 concludes from the beats of all processes. It looks at times of arrival only: clocks need not agree.
/// </summary>
/// <param name="members">The processes.</param>
/// <param name="options">Limits.</param>
internal sealed class Suspicions(IReadOnlyList<Member> members, WorldOptions options)
{
    // Exchanges until the times that they take are known.
    private const long WarmUp = 40;
    private const double WarmUpSeconds = 600;
    private const double SlownessFactor = 10;

    // Where an exchange has failed already, a process that is silent for this long is the reason.
    private static readonly TimeSpan Suspicious = TimeSpan.FromSeconds(5);

    private readonly Beat[] last = new Beat[members.Count];
    private readonly TimeSpan[] heard = new TimeSpan[members.Count];
    private long furthest;
    private TimeSpan furthestAt;
    private long finished;
    private TimeSpan finishedAt;

    /// <summary>Takes a beat of a process.</summary>
    internal void Hear(int rank, Beat beat, TimeSpan now)
    {
        if (beat.Number != last[rank].Number)
        {
            (last[rank], heard[rank]) = (beat, now);
        }
    }

    /// <summary>Whether nothing is to be expected of a process: it has left, or has been silent.</summary>
    internal bool IsGone(int rank, TimeSpan now) => last[rank].Left || now - heard[rank] > Suspicious;

    /// <summary>Who has been silent for too long, as a sentence; null: nobody.</summary>
    /// <param name="ranks">Whom to judge.</param>
    /// <param name="now">Time since the watch began.</param>
    /// <param name="exchangeFailed">Some process has seen an exchange fail.</param>
    internal string? Silent(IEnumerable<int> ranks, TimeSpan now, bool exchangeFailed)
    {
        TimeSpan limit = exchangeFailed && Suspicious < options.SilenceLimit ? Suspicious : options.SilenceLimit;
        int? silent = ranks.Where(r => !last[r].Left && now - heard[r] > limit).Select(r => (int?)r).FirstOrDefault();
        return silent is int rank
            ? $"{Name(rank)} has not answered for {Seconds(now - heard[rank])} s: it ended, was stopped, "
                + $"or the network to it is cut"
            : null;
    }

    /// <summary>Who hangs, as a sentence; null: nobody.</summary>
    internal string? Stalled(TimeSpan now)
    {
        int[] present = [.. Enumerable.Range(0, members.Count).Where(r => !last[r].Left)];
        if (present.Length == 0)
        {
            return null;
        }

        long most = present.Max(r => last[r].Entered), least = present.Min(r => last[r].Done);
        (furthest, furthestAt) = most > furthest ? (most, now) : (furthest, furthestAt);
        (finished, finishedAt) = least > finished ? (least, now) : (finished, finishedAt);
        double gap = present.Max(r => last[r].LongestGap);
        double limit = most < WarmUp ? Math.Max(WarmUpSeconds, options.StallLimit.TotalSeconds)
            : Math.Max(options.StallLimit.TotalSeconds, gap * SlownessFactor);
        int late = Array.FindIndex(present, r => last[r].Entered < most && !last[r].Paused);
        if (late >= 0 && (now - furthestAt).TotalSeconds > limit)
        {
            return $"{Name(present[late])} answers, but has kept the others waiting for {Seconds(now - furthestAt)} s: it hangs";
        }

        bool together = present.All(r => last[r].Entered == most && !last[r].Paused) && least < most;
        return together && (now - furthestAt).TotalSeconds > 2 * limit && (now - finishedAt).TotalSeconds > 2 * limit
            ? $"All processes answer, but an exchange between them has taken {Seconds(now - furthestAt)} s: "
                + $"the network between them is broken"
            : null;
    }

    private string Name(int rank)
    {
        string name = members[rank].ToString();
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
