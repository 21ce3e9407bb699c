namespace StyleGanSharp.Generation.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Property">
/// The property, in JSON spelling (<c>truncation.layers</c>); the faces of the program map it to their flags and fields.
/// </param>
/// <param name="Value">The value as given; null: something is missing.</param>
/// <param name="Reason">What is wrong, what is allowed and what to do; a clause without a full stop.</param>
public sealed record RequestProblem(string Property, string? Value, string Reason)
{
    // A reason that begins with one of these goes on from the name; others follow a colon.
    private static readonly string[] Verbs = ["is ", "has ", "holds ", "names ", "needs ", "contradicts ", "excludes ", "cannot ", "does ", "shows ", "describes "];

    /// <summary>The problem as a sentence.</summary>
    /// <param name="name">What the property is called where the sentence is shown; null: its own name.</param>
    public string Sentence(string? name = null)
    {
        string subject = Value is { Length: > 0 } ? $"{name ?? Property} {Value}" : name ?? Property;
        string joint = Verbs.Any(v => Reason.StartsWith(v, StringComparison.Ordinal)) ? " " : ": ";
        return $"{subject}{joint}{Reason}{(Reason.EndsWith('?') ? "" : ".")}";
    }

    /// <inheritdoc/>
    public override string ToString() => Sentence();
}

/// <summary>A request cannot be carried out; it says every reason.</summary>
public sealed class RequestException : Exception
{
    /// <summary>Creates the exception for one problem.</summary>
    public RequestException(string property, string? value, string reason)
        : this([new RequestProblem(property, value, reason)])
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="problems">At least one.</param>
    public RequestException(IReadOnlyList<RequestProblem> problems)
        : base(string.Join(" ", problems)) => Problems = problems;

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }

    /// <summary>Throws if there are problems.</summary>
    public static void ThrowIfAny(IEnumerable<RequestProblem> problems)
    {
        RequestProblem[] all = [.. problems];
        if (all.Length > 0)
        {
            throw new RequestException(all);
        }
    }
}
