namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>What one file of a store may need in memory.</summary>
internal static class FileLimits
{
    /// <summary>1 GiB: more than any encoded image that fits into one array of pixels.</summary>
    public const long MaxFileBytes = 1L << 30;

    public static string TooLarge(long length) => $"has {length} bytes, more than the limit of {MaxFileBytes}";
}
