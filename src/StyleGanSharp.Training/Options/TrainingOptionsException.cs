using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Training.Options;

/// <summary>Options that cannot be trained with: all problems at once.</summary>
/// <param name="problems">At least one.</param>
public sealed class TrainingOptionsException(IReadOnlyList<OptionProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; } = problems;
}
