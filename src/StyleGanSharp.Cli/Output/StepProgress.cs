using System.Diagnostics;

namespace StyleGanSharp.Cli.Output;

/// <summary>
/// Progress of work whose steps show only as it goes: on a terminal one line that is written over, otherwise plain lines now and
/// then and one at the end of each step.
/// </summary>
/// <param name="output">Where progress is shown.</param>
/// <param name="unit">Name of an item, in the plural.</param>
internal sealed class StepProgress(CommandOutput output, string unit)
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromSeconds(0.2);

    private const string ClearLine = "\r\u001b[K";

    private readonly Stopwatch watch = new();
    private string? step;
    private TimeSpan next;

    /// <summary>Tells how far a step is; the first call of a step begins its time.</summary>
    /// <param name="name">The step.</param>
    /// <param name="done">Items so far.</param>
    /// <param name="total">All items of the step.</param>
    internal void Report(string name, int done, int total)
    {
        if (name != step)
        {
            (step, next) = (name, TimeSpan.Zero);
            watch.Restart();
        }

        if (done >= total)
        {
            Say(ProgressLine.Summary(name, unit, total, watch.Elapsed));
            step = null;
        }
        else if (watch.Elapsed >= next)
        {
            string line = ProgressLine.Line(name, unit, done, total, watch.Elapsed);
            if (output.IsTerminal)
            {
                output.Messages.Write(ClearLine + line);
            }
            else if (next > TimeSpan.Zero)
            {
                output.Say(line);
            }

            next = watch.Elapsed + (output.IsTerminal ? TerminalInterval : PlainInterval);
        }
    }

    /// <summary>Says something between two lines of progress.</summary>
    internal void Say(string sentence)
    {
        if (output.IsTerminal)
        {
            output.Messages.Write(ClearLine);
        }

        output.Say(sentence);
    }
}
