using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Generation.Requests;

/// <summary>A request cannot be carried out; it says every reason.</summary>
public sealed class RequestException : Exception
{
    /// <summary>Creates the exception for one problem.</summary>
    public RequestException(string property, string? value, OptionText reason)
        : this([new OptionProblem(property, value, reason)])
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="problems">At least one.</param>
    public RequestException(IReadOnlyList<OptionProblem> problems)
        : base(string.Join(" ", problems)) => Problems = problems;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; }

    /// <summary>Throws if there are problems.</summary>
    public static void ThrowIfAny(IEnumerable<OptionProblem> problems)
    {
        OptionProblem[] all = [.. problems];
        if (all.Length > 0)
        {
            throw new RequestException(all);
        }
    }
}
