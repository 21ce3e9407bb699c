namespace StyleGanSharp.Metrics.Statistics;

/// <summary>A statistic that is worth keeping in a file.</summary>
internal interface ICachedStatistic : IImageStatistic
{
    /// <summary>What it is and in which space, for the file's key; null: this one is too large to be kept.</summary>
    string? Kind { get; }

    /// <summary>Writes it; the file is complete or is not there.</summary>
    void Write(string path, string key);

    /// <summary>Takes over what a file holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it has to be of.</param>
    /// <param name="count">Images that it has to be of.</param>
    /// <returns>Whether the file is whole and of just that.</returns>
    bool TryRead(string path, string key, int count);
}
