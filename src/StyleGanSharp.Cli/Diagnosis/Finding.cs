namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">Stable name, also the one in the JSON form.</param>
/// <param name="State">How it is.</param>
/// <param name="Value">What was found, for people.</param>
/// <param name="Advice">What to do about it; null where there is nothing to do.</param>
internal sealed record Finding(string Name, FindingState State, string Value, string? Advice = null)
{
    internal static Finding Ok(string name, string value) => new(name, FindingState.Ok, value);

    internal static Finding Warning(string name, string value, string advice) => new(name, FindingState.Warning, value, advice);

    internal static Finding Missing(string name, string value, string advice) => new(name, FindingState.Missing, value, advice);
}
