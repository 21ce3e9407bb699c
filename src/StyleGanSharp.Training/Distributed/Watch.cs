using System.Diagnostics;
using System.Text.Json;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Distributed;

namespace StyleGanSharp.Training.Distributed;

/// <summary>
/// A thread that tells the others once a second that this process lives, and learns from them when the training is over because
/// one of them does not. Process 0 judges; the others judge process 0.
/// </summary>
internal sealed class Watch : IDisposable
{
    private const string FailureKey = "failure";
    private const string SuspicionKey = "suspicion";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FarewellInterval = TimeSpan.FromMilliseconds(50);

    // For the others to read the verdict, or to leave after the last exchange.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    // A training that is over, but sits in something that cannot be interrupted, gets this long.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Store store;
    private readonly WorldOptions options;
    private readonly IReadOnlyList<Member> members;
    private readonly Action<string> giveUp;
    private readonly Suspicions suspicions;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource failed = new();
    private readonly ManualResetEventSlim ending = new();
    private readonly ManualResetEventSlim never = new();
    private readonly Lock guard = new();
    private readonly Timer judge;
    private readonly Thread thread;
    private TimeSpan contact;
    private Timer? last;
    private bool disposed;
    private TimeSpan endingSince;
    private volatile bool nobodyIsLeft;

    /// <summary>Begins to watch.</summary>
    /// <param name="store">A connection of its own: calls wait for each other on one.</param>
    /// <param name="options">Place and limits.</param>
    /// <param name="members">All processes.</param>
    /// <param name="giveUp">Ends this process with a message when the training does not end by itself.</param>
    internal Watch(Store store, WorldOptions options, IReadOnlyList<Member> members, Action<string> giveUp)
    {
        (this.store, this.options, this.members, this.giveUp) = (store, options, members, giveUp);
        suspicions = new Suspicions(members, options);
        thread = new Thread(Run) { IsBackground = true, Name = "watch over the other processes" };
        thread.Start();
        judge = new Timer(_ => JudgeStore(), null, Interval, Interval);
    }

    /// <summary>Where this process is.</summary>
    internal Pulse Pulse { get; } = new();

    /// <summary>Cancelled when the training is over because of a failure.</summary>
    internal CancellationToken Failed => failed.Token;

    /// <summary>The failure, as a sentence without full stop; null: none.</summary>
    internal string? Verdict { get; private set; }

    /// <summary>This process fails: tells the others why.</summary>
    internal void Tell(string reason)
    {
        string plain = reason.TrimEnd('.');
        string sentence = plain.StartsWith("Rank ", StringComparison.Ordinal) ? plain : $"Rank {options.Rank} failed: {plain}";
        try
        {
            store.SetFirst(FailureKey, sentence);
        }
        catch (TorchException)
        {
            // They will hear it from the connection that breaks.
        }

        Declare(sentence, isOwn: true);
    }

    /// <summary>Waits for the reason of a failed exchange.</summary>
    /// <returns>A sentence; null: no process is to blame.</returns>
    internal string? Explain()
    {
        try
        {
            store.Set(SuspicionKey, "1");
        }
        catch (TorchException)
        {
            // Then process 0 is the reason, and the thread knows.
        }

        failed.Token.WaitHandle.WaitOne(options.SilenceLimit + Farewell);
        return Verdict;
    }

    /// <summary>Takes leave of the others. Process 0 waits for them: it serves the store.</summary>
    public void Dispose()
    {
        lock (guard)
        {
            disposed = true;
            last?.Dispose();
        }

        judge.Dispose();
        endingSince = clock.Elapsed;
        ending.Set();
        if (thread.Join(options.Rank == 0 ? Farewell + Interval : Interval * 2))
        {
            failed.Dispose();
            ending.Dispose();
            never.Dispose();
        }
    }

    private void Run()
    {
        for (long number = 1; ; number++)
        {
            bool leaving = ending.IsSet;
            try
            {
                store.Set(BeatKey(options.Rank), JsonSerializer.Serialize(
                    Pulse.Beat(number, leaving), DistributedJson.Default.Beat));
                if (store.Get(FailureKey) is string failure)
                {
                    Declare(failure);
                }

                Judge(number);
                contact = clock.Elapsed;
            }
            catch (TorchException)
            {
                if (!leaving)
                {
                    Declare(Gone());
                }

                return;
            }

            if (leaving && (options.Rank != 0 || nobodyIsLeft || clock.Elapsed - endingSince > Farewell))
            {
                return;
            }

            if (leaving)
            {
                never.Wait(FarewellInterval);
            }
            else
            {
                ending.Wait(Interval);
            }
        }
    }

    // Process 0 judges all others, and they judge it.
    private void Judge(long number)
    {
        int[] judged = options.Rank == 0 ? [.. Enumerable.Range(1, members.Count - 1)] : [0];
        foreach (int rank in judged)
        {
            if (store.Get(BeatKey(rank)) is string text)
            {
                suspicions.Hear(rank, JsonSerializer.Deserialize(text, DistributedJson.Default.Beat), clock.Elapsed);
            }
        }

        TimeSpan now = clock.Elapsed;
        nobodyIsLeft = judged.All(rank => suspicions.IsGone(rank, now));
        if (Verdict is not null || ending.IsSet)
        {
            return;
        }

        string? verdict = suspicions.Silent(judged, now, store.Has(SuspicionKey));
        if (options.Rank == 0)
        {
            suspicions.Hear(0, Pulse.Beat(number, left: false), now);
            verdict ??= suspicions.Stalled(now);
        }

        if (verdict is not null)
        {
            Declare(store.SetFirst(FailureKey, verdict));
        }
    }

    // The store itself may be what does not answer: a call to it then simply does not come back.
    private void JudgeStore()
    {
        if (options.Rank != 0 && clock.Elapsed - contact > options.SilenceLimit)
        {
            Declare($"{FirstRank} has not answered for {options.SilenceLimit.TotalSeconds:0} s: it ended, was stopped, "
                + $"or the network to it is cut");
        }
    }

    private string Gone() => options.IsStoreServed
        ? $"The store of {options.Launcher} at {options.Address}:{options.Port} is gone"
        : $"{FirstRank} has ended, was stopped, or the connection to it broke";

    private string FirstRank => $"Rank 0 (process {members[0].Process} on {members[0].Host})";

    private void Declare(string verdict, bool isOwn = false)
    {
        lock (guard)
        {
            if (disposed || Verdict is not null)
            {
                return;
            }

            Verdict = verdict;
            if (!isOwn)
            {
                last = new Timer(_ => giveUp(verdict), null, Grace, Timeout.InfiniteTimeSpan);
            }

            failed.Cancel(); // Whoever waits polls the token: nothing is called from here.
        }
    }

    private static string BeatKey(int rank) => $"beat/{rank}";
}
