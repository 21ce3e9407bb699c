using System.Diagnostics;
using System.Globalization;

namespace StyleGanSharp.Training.Distributed;

/// <summary>Where this process is in its exchanges; written by the training, read by the thread that tells the others.</summary>
internal sealed class Pulse
{
    private readonly Lock guard = new();
    private long entered;
    private long done;
    private int pauses;
    private double longestGap;
    private long lastDone;
    private long first;
    private double seconds;
    private long bytes;

    /// <summary>What exchanges have cost so far.</summary>
    internal string Summary
    {
        get
        {
            lock (guard)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Exchanges: {done}, {bytes / 1e6:0.0} MB, {seconds:0.00} s with the waiting for other processes, "
                        + $"of {Stopwatch.GetElapsedTime(first).TotalSeconds:0.00} s");
            }
        }
    }

    internal Beat Beat(long number, bool left)
    {
        lock (guard)
        {
            return new Beat(number, entered, done, pauses > 0, longestGap, left);
        }
    }

    internal void Pause(int change)
    {
        lock (guard)
        {
            pauses += change;
            lastDone = 0;
        }
    }

    /// <summary>Runs an exchange.</summary>
    internal void Exchange(long size, Action exchange)
    {
        long start = Stopwatch.GetTimestamp();
        lock (guard)
        {
            entered++;
            first = first == 0 ? start : first;
            if (lastDone != 0)
            {
                longestGap = Math.Max(longestGap, Stopwatch.GetElapsedTime(lastDone, start).TotalSeconds);
            }
        }

        exchange();
        lock (guard)
        {
            done++;
            lastDone = Stopwatch.GetTimestamp();
            seconds += Stopwatch.GetElapsedTime(start, lastDone).TotalSeconds;
            bytes += size;
        }
    }
}
