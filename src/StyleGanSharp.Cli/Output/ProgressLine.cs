using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace StyleGanSharp.Cli.Output;

/// <summary>
/// Progress of counted work: a bar with rate and remaining time on a terminal, plain lines now and then otherwise.
/// </summary>
internal static class ProgressLine
{
    private const double MaxSeconds = 1e9;   // What a TimeSpan can show without overflow.

    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs counted work, which reports every finished item.</summary>
    /// <param name="output">Where progress is shown.</param>
    /// <param name="title">What is being done.</param>
    /// <param name="unit">Name of an item, in the plural.</param>
    /// <param name="total">Number of items.</param>
    /// <param name="work">The work; calls its argument with the number of items just finished.</param>
    internal static void Run(CommandOutput output, string title, string unit, long total, Action<Action<int>> work)
    {
        if (output.IsTerminal)
        {
            RunBar(output, title, unit, total, work);
        }
        else
        {
            RunPlain(output, title, unit, total, work);
        }
    }

    /// <summary>The state of work in one line.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="unit">Name of an item, in the plural.</param>
    /// <param name="done">Finished items.</param>
    /// <param name="total">Number of items.</param>
    /// <param name="elapsed">Time since the beginning.</param>
    internal static string Line(string title, string unit, long done, long total, TimeSpan elapsed)
    {
        double rate = done / Math.Max(elapsed.TotalSeconds, 1e-3);
        TimeSpan left = TimeSpan.FromSeconds(rate > 0 ? Math.Min((total - done) / rate, MaxSeconds) : 0);
        string time = left.Days > 0 ? $"{left.Days} d {left:hh\\:mm\\:ss}" : $"{left:hh\\:mm\\:ss}";
        return string.Create(CultureInfo.InvariantCulture, $"{title}: {done} of {total} {unit}, {rate:0.0}/s, {time} left");
    }

    private static void RunBar(CommandOutput output, string title, string unit, long total, Action<Action<int>> work)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output.Messages) });
        Stopwatch watch = Stopwatch.StartNew();
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: total);
                long done = 0;
                work(count =>
                {
                    done += count;
                    task.Increment(count);
                    task.Description = Markup.Escape($"{title} ({done / watch.Elapsed.TotalSeconds:0.0} {unit}/s)");
                });
            });
        output.Say(Summary(title, unit, total, watch.Elapsed));
    }

    private static void RunPlain(CommandOutput output, string title, string unit, long total, Action<Action<int>> work)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan next = PlainInterval;
        long done = 0;
        work(count =>
        {
            done += count;
            if (watch.Elapsed >= next && done < total)
            {
                output.Say(Line(title, unit, done, total, watch.Elapsed));
                next = watch.Elapsed + PlainInterval;
            }
        });
        output.Say(Summary(title, unit, total, watch.Elapsed));
    }

    /// <summary>What is left of the progress when work is done.</summary>
    internal static string Summary(string title, string unit, long total, TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{title}: {total} {(total == 1 ? unit.TrimEnd('s') : unit)} in {elapsed.TotalSeconds:0.0} s");
}
