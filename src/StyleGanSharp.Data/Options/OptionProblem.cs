using StyleGanSharp.Data.Datasets;

namespace StyleGanSharp.Data.Options;

/// <summary>One thing that is wrong with an option.</summary>
/// <param name="Property">
/// The property, in JSON spelling (<c>truncation.layers</c>); the faces of the program map it to their flags and fields.
/// </param>
/// <param name="Value">The value as given; null: something is missing.</param>
/// <param name="Reason">What is wrong, what is allowed and what to do; a clause without a full stop.</param>
public sealed record OptionProblem(string Property, string? Value, OptionText Reason)
{
    // A reason that begins with one of these goes on from the name; others follow a colon.
    private static readonly string[] Verbs =
    [
        "is ", "has ", "holds ", "names ", "needs ", "contradicts ", "excludes ", "cannot ", "does ", "shows ", "describes ",
        "makes ",
    ];

    /// <summary>The data set to create instead; null: the reason says what to do.</summary>
    public CreationAdvice? Advice { get; init; }

    /// <summary>The problem as a sentence.</summary>
    /// <param name="name">Maps properties to what a face calls them; null, also as a result: their own names.</param>
    /// <param name="advice">Turns advice into the face's way to follow it, a clause without a full stop; null: in words.</param>
    public string Sentence(Func<string, string?>? name = null, Func<CreationAdvice, string>? advice = null)
    {
        string reason = Reason.ToString(name), own = name?.Invoke(Property) ?? Property;
        string subject = Value is { Length: > 0 } ? $"{own} {Value}" : own;
        string joint = Verbs.Any(v => reason.StartsWith(v, StringComparison.Ordinal)) ? " " : ": ";
        string way = Advice is null ? "" : $"; {advice?.Invoke(Advice) ?? Advice.ToString()}";
        return $"{subject}{joint}{reason}{way}{(reason.EndsWith('?') ? "" : ".")}";
    }

    /// <inheritdoc/>
    public override string ToString() => Sentence();
}
