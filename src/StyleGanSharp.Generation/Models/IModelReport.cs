namespace StyleGanSharp.Generation.Models;

/// <summary>Told what opening a model does and what the user should know: licences, downloads, choices made for them.</summary>
public interface IModelReport
{
    /// <summary>Takes a sentence for the user.</summary>
    void Say(string sentence);

    /// <summary>Takes the state of a download.</summary>
    void Progress(WorkProgress progress);
}

/// <summary>Takes everything and shows nothing.</summary>
public sealed class SilentReport : IModelReport
{
    /// <summary>The only one.</summary>
    public static SilentReport Instance { get; } = new();

    /// <inheritdoc/>
    public void Say(string sentence)
    {
        // Nobody watches.
    }

    /// <inheritdoc/>
    public void Progress(WorkProgress progress)
    {
        // Nobody watches.
    }
}
