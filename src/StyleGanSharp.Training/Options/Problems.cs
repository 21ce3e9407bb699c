using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Training.Options;

/// <summary>Collects what is wrong with a request, so that the user sees all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<OptionProblem> all = [];

    /// <summary>Adds a problem unless <paramref name="fine"/>.</summary>
    internal void Unless(bool fine, OptionName option, object? value, OptionText reason, CreationAdvice? advice = null)
    {
        if (!fine)
        {
            all.Add(Of(option, value, reason, advice));
        }
    }

    /// <summary>Adds problems.</summary>
    internal void Add(IEnumerable<OptionProblem> problems) => all.AddRange(problems);

    /// <summary>Throws if there are problems.</summary>
    /// <exception cref="TrainingOptionsException">There are.</exception>
    internal void ThrowIfAny()
    {
        if (all.Count > 0)
        {
            throw new TrainingOptionsException(all);
        }
    }

    /// <summary>A problem.</summary>
    /// <param name="option">The option at fault.</param>
    /// <param name="value">Its value; null: it is missing, or says nothing.</param>
    /// <param name="reason">See <see cref="OptionProblem"/>.</param>
    /// <param name="advice">The data set to create instead.</param>
    internal static OptionProblem Of(OptionName option, object? value, OptionText reason, CreationAdvice? advice = null) =>
        new(option.Property, value is null ? null : FormattableString.Invariant($"{value}"), reason) { Advice = advice };

    /// <summary>An exception of one problem.</summary>
    internal static TrainingOptionsException Fault(
        OptionName option, object? value, OptionText reason, CreationAdvice? advice = null) =>
        new([Of(option, value, reason, advice)]);
}
