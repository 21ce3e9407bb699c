namespace StyleGanSharp.Training.Runs;

/// <summary>Takes what a run says.</summary>
public interface IRunLog
{
    /// <summary>A line of information.</summary>
    void Say(string line);

    /// <summary>Something the user should look at; the run goes on.</summary>
    void Warn(string sentence);
}
