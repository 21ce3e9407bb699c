using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Datasets.TfRecords;

namespace StyleGanSharp.Data.Datasets;

/// <summary>The result of decoding every image of a data set or of a source of one.</summary>
/// <param name="Count">Images that were looked at.</param>
/// <param name="Problems">Damaged ones, by file name, with one sentence each.</param>
public sealed record DatasetCheck(int Count, IReadOnlyList<(string File, string Sentence)> Problems)
{
    /// <summary>What else is to be known about the source, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    // Nothing is resized, but images beyond the memory's limit may be read as if they were.
    private static readonly (int Width, int Height) SmallEnough = (64, 64);

    /// <summary>Decodes everything; sizes and channels need not agree.</summary>
    /// <param name="path">A data set, or any source of one.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="DatasetException">The path cannot be read or has no images.</exception>
    public static DatasetCheck Run(string path, CancellationToken cancel = default)
    {
        if (RecordSet.IsAt(path))
        {
            return OfRecords(path, cancel);
        }

        var plain = new DatasetCreationOptions { Labels = LabelSource.None, Resolution = SmallEnough };
        using IImageSource source = ImageSources.Open(path, plain);
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
        int[] damaged = [.. Enumerable.Range(0, source.Count).Where(i => problems[i] is not null)];
        return new DatasetCheck(source.Count, [.. damaged.Select(i => (source.Name(i), problems[i]!))])
        {
            Remarks = source.Remarks,
        };
    }

    /// <summary>All levels are looked at, and the labels.</summary>
    private static DatasetCheck OfRecords(string path, CancellationToken cancel)
    {
        using RecordSet set = RecordSet.Open(path);
        var problems = new List<(string, string)>();
        foreach (RecordLevel level in set.Levels)
        {
            string file = Path.GetFileName(level.Path);
            problems.AddRange(level.Check(all: true, cancel)
                .Select(p => ($"{file}: record {p.Record}", $"{level.Describe(p.Record)} {p.Clause}.")));
        }

        if (set.Incomplete() is { } sentence)
        {
            problems.Add((Path.GetFileName(path), sentence));
        }

        try
        {
            _ = set.LabelPath is null ? DatasetLabels.None : RecordLabels.Read(set.LabelPath, set.Full.Count);
        }
        catch (DatasetException exception)
        {
            problems.Add((Path.GetFileName(set.LabelPath)!, exception.Message));
        }

        return new DatasetCheck(set.Full.Count, problems);
    }
}
