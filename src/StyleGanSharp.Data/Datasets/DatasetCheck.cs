using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Datasets.Creation.Sources;

namespace StyleGanSharp.Data.Datasets;

/// <summary>The result of decoding every picture of a data set or of any folder or zip of pictures.</summary>
/// <param name="Count">Pictures that were looked at.</param>
/// <param name="Problems">Damaged ones, by file name, with one sentence each.</param>
public sealed record DatasetCheck(int Count, IReadOnlyList<(string File, string Sentence)> Problems)
{
    /// <summary>Decodes everything; sizes and channels need not agree.</summary>
    /// <param name="path">A zip archive or a folder.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="DatasetException">The path cannot be read or holds no pictures.</exception>
    public static DatasetCheck Run(string path, CancellationToken cancel = default)
    {
        using var source = new StoreSource(path, LabelSource.None);
        var problems = new string?[source.Count];
        var options = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, source.Count, options, i =>
        {
            try
            {
                source.Read(i);
            }
            catch (DatasetException exception)
            {
                problems[i] = exception.Message;
            }
        });
        return new DatasetCheck(
            source.Count, [.. Enumerable.Range(0, source.Count).Where(i => problems[i] is not null).Select(i => (source.Name(i), problems[i]!))]);
    }
}
