namespace StyleGanSharp.Training.Options;

/// <summary>Options that cannot be trained with: all problems at once, one sentence each.</summary>
/// <param name="problems">At least one.</param>
public sealed class TrainingOptionsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>The sentences.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
