using StyleGanSharp.Data.Datasets.Storage;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>One resolution of a multi-resolution data set: a record file whose pictures have one shape.</summary>
internal sealed class RecordLevel(RecordFile file, PlanarShape shape) : IDisposable
{
    public string Path => file.Path;

    public int Count => file.Count;

    public PlanarShape Shape => shape;

    /// <inheritdoc cref="RecordFile.IsCut"/>
    public bool IsCut => file.IsCut;

    public string Describe(int record) => file.Describe(record);

    /// <summary>The whole record.</summary>
    /// <exception cref="InvalidDataException">The record is damaged; the message is a clause.</exception>
    public ReadOnlySpan<byte> Read(int record, ReadBuffer buffer) => file.Read(record, buffer);

    /// <summary>The pixels in a record.</summary>
    /// <inheritdoc cref="Read"/>
    public ReadOnlySpan<byte> Pixels(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> pixels = PictureExample.Parse(content, out PlanarShape found);
        return found == shape
            ? pixels
            : throw new InvalidDataException($"has the shape {found}, but the pictures of this file have {shape}");
    }

    /// <summary>Looks at records and names the damaged ones, in ascending order.</summary>
    /// <param name="all">Every record; else only those whose length is not the usual one, whose shape has to be another.</param>
    /// <param name="cancel">Ends it early.</param>
    public IReadOnlyList<RecordProblem> Check(bool all, CancellationToken cancel = default)
    {
        var clauses = new string?[Count];
        int usual = UsualLength();
        var pool = new ReadBufferPool();
        Parallel.For(
            0,
            Count,
            new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            pool.Rent,
            (i, _, buffer) =>
            {
                if (all || file.Length(i) != usual)
                {
                    try
                    {
                        Pixels(file.Read(i, buffer));
                    }
                    catch (InvalidDataException exception)
                    {
                        clauses[i] = exception.Message;
                    }
                }

                return buffer;
            },
            pool.Return);
        return [.. Enumerable.Range(0, Count).Where(i => clauses[i] is not null).Select(i => new RecordProblem(i, clauses[i]!))];
    }

    public void Dispose() => file.Dispose();

    private int UsualLength()
    {
        for (int i = 0; i < Count; i++)
        {
            if (file.Length(i) > 0)
            {
                return file.Length(i);
            }
        }

        return -1;
    }
}
