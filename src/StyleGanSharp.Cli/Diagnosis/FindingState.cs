namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>How a finding is to be taken.</summary>
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, but slower or with less than it could.</summary>
    Warning,

    /// <summary>Something that the program needs is not there.</summary>
    Missing,
}
