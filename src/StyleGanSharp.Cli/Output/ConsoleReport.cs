using System.Diagnostics;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Models;

namespace StyleGanSharp.Cli.Output;

/// <summary>What opening a model reports, as lines on standard error: sentences at once, downloads every few seconds.</summary>
internal sealed class ConsoleReport(CommandOutput output) : IModelReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Stopwatch watch = new();
    private TimeSpan next;
    private string? task;

    public void Say(string sentence) => output.Say(sentence);

    public void Progress(WorkProgress progress)
    {
        if (progress.Task != task)
        {
            task = progress.Task;
            watch.Restart();
            next = Interval;
            output.Say(progress.Total is long total
                ? $"{task}: {total} {progress.Unit}" : $"{task} (the server does not say how much) ...");
        }

        if (progress.Total is long all && watch.Elapsed >= next)
        {
            output.Say(ProgressLine.Line(task, progress.Unit, progress.Done, all, watch.Elapsed));
            next = watch.Elapsed + Interval;
        }
    }
}

/// <summary>Turns progress of the libraries into the counts that a progress line takes.</summary>
internal sealed class CountedProgress(Action<int> done) : IProgress<WorkProgress>
{
    private long last;

    public void Report(WorkProgress value)
    {
        done((int)(value.Done - last));
        last = value.Done;
    }
}
