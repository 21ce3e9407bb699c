namespace StyleGanSharp.Data.Files;

/// <summary>How inflating ended.</summary>
internal enum InflateStatus
{
    /// <summary>The last block ended.</summary>
    Done,

    /// <summary>The output is full and the stream goes on.</summary>
    OutputFull,

    /// <summary>The input ended before the last block did.</summary>
    InputEnded,

    /// <summary>The stream breaks the rules of the format.</summary>
    Damaged,
}
