using StyleGanSharp.Generation;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>Takes what a session says while it trains, on the session's thread.</summary>
public interface ITrainingReport : IRunLog
{
    /// <summary>What a face calls an option, where a line names one; null: its property.</summary>
    /// <param name="property">In JSON spelling, <c>data.subset</c>.</param>
    string? NameOf(string property) => null;

    /// <summary>Takes the state of a download.</summary>
    void Download(WorkProgress progress)
    {
    }
}
