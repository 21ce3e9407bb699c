using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Tests.Runs;

/// <summary>Keeps what a run says.</summary>
internal sealed class RecordedLog : IRunLog
{
    public List<string> Lines { get; } = [];

    public List<string> Warnings { get; } = [];

    public void Say(string line) => Lines.Add(line);

    public void Warn(string sentence) => Warnings.Add(sentence);
}
