namespace StyleGanSharp.Training.Runs;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>All images were seen.</summary>
    Finished,

    /// <summary>It was asked to end; its state is saved.</summary>
    Interrupted,

    /// <summary>There was nothing left to do.</summary>
    FinishedBefore,
}
