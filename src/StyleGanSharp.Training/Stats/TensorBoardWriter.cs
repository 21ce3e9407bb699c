using System.Buffers.Binary;
using Google.Protobuf;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Training.Stats;

/// <summary>
/// An event file that TensorBoard shows: records framed like TFRecords, each an Event message (field numbers of event.proto and
/// summary.proto; docs/formats.md).
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private const int WallTimeField = 1, StepField = 2, VersionField = 3, SummaryField = 5;
    private const int ValueField = 1, TagField = 1, SimpleValueField = 2;

    private readonly FileStream stream;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Must contain <c>tfevents</c>, or TensorBoard does not look at it; an existing file is replaced.</param>
    /// <param name="wallTime">Seconds since 1970.</param>
    public TensorBoardWriter(string path, double wallTime)
    {
        stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        WriteRecord(Event(wallTime, 0, message =>
        {
            message.WriteTag(VersionField, WireFormat.WireType.LengthDelimited);
            message.WriteString("brain.Event:2");
        }));
        stream.Flush();
    }

    /// <summary>Writes numbers of one step.</summary>
    /// <param name="wallTime">Seconds since 1970.</param>
    /// <param name="step">Thousands of images.</param>
    /// <param name="values">By name.</param>
    public void Write(double wallTime, long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        byte[] summary = Message(message =>
        {
            foreach ((string tag, double value) in values)
            {
                message.WriteTag(ValueField, WireFormat.WireType.LengthDelimited);
                message.WriteBytes(ByteString.CopyFrom(Message(inner =>
                {
                    inner.WriteTag(TagField, WireFormat.WireType.LengthDelimited);
                    inner.WriteString(tag);
                    inner.WriteTag(SimpleValueField, WireFormat.WireType.Fixed32);
                    inner.WriteFloat((float)value);
                })));
            }
        });
        WriteRecord(Event(wallTime, step, message =>
        {
            message.WriteTag(SummaryField, WireFormat.WireType.LengthDelimited);
            message.WriteBytes(ByteString.CopyFrom(summary));
        }));
        stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static byte[] Event(double wallTime, long step, Action<CodedOutputStream> content) => Message(message =>
    {
        message.WriteTag(WallTimeField, WireFormat.WireType.Fixed64);
        message.WriteDouble(wallTime);
        message.WriteTag(StepField, WireFormat.WireType.Varint);
        message.WriteInt64(step);
        content(message);
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var buffer = new MemoryStream();
        using (var message = new CodedOutputStream(buffer, leaveOpen: true))
        {
            write(message);
        }

        return buffer.ToArray();
    }

    // Length, its checksum, the data, its checksum.
    private void WriteRecord(byte[] data)
    {
        Span<byte> head = stackalloc byte[12], tail = stackalloc byte[4];
        BinaryPrimitives.WriteInt64LittleEndian(head, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedCrc32C.Of(head[..8]));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedCrc32C.Of(data));
        stream.Write(head);
        stream.Write(data);
        stream.Write(tail);
    }
}
