using System.Collections;
using StyleGanSharp.Data.Datasets.Storage;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>A multi-resolution data set to be trained on: what is damaged is refused before the first image is used.</summary>
internal sealed class RecordStore : IImageStore
{
    // Up to so many bytes the checksums of all pixels are compared when a set is opened, a matter of seconds; above, when they
    // are read.
    private const long MaxCheckedBytes = 2L << 30;

    private readonly RecordSet set;
    private readonly RecordLevel full;

    private RecordStore(RecordSet set)
    {
        this.set = set;
        full = set.Full;
        if (full.EncodedIn is { } feature)
        {
            throw new DatasetException(
                full.Path,
                $"{full.Path} holds encoded images (feature '{feature}'), which a network cannot be trained on directly",
                advice: new CreationAdvice(set.Path));
        }

        if (set.Incomplete() is { } sentence)
        {
            throw new DatasetException(set.Path, sentence);
        }

        foreach (RecordLevel level in set.Levels)
        {
            RequireWhole(level);
        }

        Labels = set.LabelPath is null ? DatasetLabels.None : RecordLabels.Read(set.LabelPath, full.Count);
        Names = new RecordNames(full);
        Remarks = LabelFile.EmptyClasses(Labels) is { } clause ? [$"{set.LabelPath} {clause}."] : [];
    }

    public string Path => set.Path;

    public IReadOnlyList<string> Names { get; }

    public int Width => full.Shape.Width;

    public int Height => full.Shape.Height;

    public int Channels => full.Shape.Channels;

    public DatasetLabels Labels { get; }

    public IReadOnlyList<string> Remarks { get; }

    /// <exception cref="DatasetException">A file cannot be read, or records or labels are damaged or missing.</exception>
    public static RecordStore Open(string path)
    {
        RecordSet set = RecordSet.Open(path);
        try
        {
            return new RecordStore(set);
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    public string Describe(int index) => full.Describe(index);

    public long Length(int index) => (long)Channels * Height * Width;

    public ReadOnlySpan<byte> Read(int index, ReadBuffer buffer) => full.Read(index, buffer);

    public void Decode(ReadOnlySpan<byte> content, int index, ReadBuffer buffer, Span<byte> destination) =>
        full.Pixels(content).CopyTo(destination);

    public bool TryReadLevel(int index, int side, ReadBuffer buffer, Span<byte> destination)
    {
        if (set.AtSide(side) is not { } level || level.Shape.Channels != Channels)
        {
            return false;
        }

        level.Pixels(level.Read(index, buffer)).CopyTo(destination);
        return true;
    }

    public void Dispose() => set.Dispose();

    private static void RequireWhole(RecordLevel level)
    {
        IReadOnlyList<RecordProblem> problems = level.Check(new FileInfo(level.Path).Length <= MaxCheckedBytes);
        if (problems.Count > 0)
        {
            string others = problems.Count == 1 ? "" : $" (and {problems.Count - 1} more)";
            string folder = System.IO.Path.GetDirectoryName(level.Path) is { Length: > 0 } found ? found : ".";
            throw new DatasetException(
                level.Path,
                $"{level.Describe(problems[0].Record)} {problems[0].Clause}{others}",
                advice: new CreationAdvice(folder) { LeavesOutDamage = true });
        }
    }

    /// <summary>Millions of names are not kept but made when asked for.</summary>
    private sealed class RecordNames(RecordLevel level) : IReadOnlyList<string>
    {
        private readonly string file = System.IO.Path.GetFileName(level.Path);

        public int Count => level.Count;

        public string this[int index] => $"{file}: record {index}";

        public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
