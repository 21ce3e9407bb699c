using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>
/// One resolution of a multi-resolution data set: a record file whose images have one shape; or a file of encoded images of other
/// tools, of which only the first one's shape is known.
/// </summary>
/// <param name="file">The records.</param>
/// <param name="shape">Shape of the first image.</param>
/// <param name="encodedIn">The feature that encoded images lie in; null: they are arrays.</param>
internal sealed class RecordLevel(RecordFile file, PlanarShape shape, string? encodedIn = null) : IDisposable
{
    public string Path => file.Path;

    public int Count => file.Count;

    public PlanarShape Shape => shape;

    /// <summary>The feature that encoded images lie in; null: they are arrays.</summary>
    public string? EncodedIn => encodedIn;

    /// <inheritdoc cref="RecordFile.IsCut"/>
    public bool IsCut => file.IsCut;

    public string Describe(int record) => file.Describe(record);

    /// <summary>The whole record.</summary>
    /// <exception cref="InvalidDataException">The record is damaged; the message is a clause.</exception>
    public ReadOnlySpan<byte> Read(int record, ReadBuffer buffer) => file.Read(record, buffer);

    /// <summary>The encoded image in a record.</summary>
    /// <inheritdoc cref="Read"/>
    public static ReadOnlySpan<byte> Encoded(ReadOnlySpan<byte> content) =>
        PictureExample.FindEncoded(content, out _) is { IsEmpty: false } found
        ? found
        : throw new InvalidDataException("has no encoded image, unlike the others of this file");

    /// <summary>The pixels in a record.</summary>
    /// <inheritdoc cref="Read"/>
    public ReadOnlySpan<byte> Pixels(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> pixels = PictureExample.Parse(content, out PlanarShape found);
        return found == shape
            ? pixels
            : throw new InvalidDataException($"has the shape {found}, but the images of this file have {shape}");
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
                        Look(i, buffer);
                    }
                    catch (InvalidDataException exception)
                    {
                        clauses[i] = exception.Message;
                    }
                    catch (ImageException exception)
                    {
                        clauses[i] = $"holds an image that cannot be decoded ({exception.Message.TrimEnd('.')})";
                    }
                }

                return buffer;
            },
            pool.Return);
        return [.. Enumerable.Range(0, Count).Where(i => clauses[i] is not null).Select(i => new RecordProblem(i, clauses[i]!))];
    }

    public void Dispose() => file.Dispose();

    private void Look(int record, ReadBuffer buffer)
    {
        ReadOnlySpan<byte> content = file.Read(record, buffer);
        if (encodedIn is null)
        {
            Pixels(content);
        }
        else
        {
            ImageFile.Decode(Encoded(content), name: "it");
        }
    }

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
