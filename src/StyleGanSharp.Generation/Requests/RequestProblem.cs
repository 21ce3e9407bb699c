namespace StyleGanSharp.Generation.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Property">
/// The property, in JSON spelling (<c>truncation.layers</c>); the faces of the program map it to their flags and fields.
/// </param>
/// <param name="Value">The value as given; null: something is missing.</param>
/// <param name="Reason">What is wrong, what is allowed and what to do; a clause without a full stop.</param>
public sealed record RequestProblem(string Property, string? Value, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => Value is null ? $"{Property}: {Reason}." : $"{Property} '{Value}': {Reason}.";
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
