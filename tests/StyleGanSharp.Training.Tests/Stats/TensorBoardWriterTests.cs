using System.Buffers.Binary;
using Google.Protobuf;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Stats;

namespace StyleGanSharp.Training.Tests.Stats;

/// <summary>Event files, read by the protobuf library and a checksum of this test's own.</summary>
public sealed class TensorBoardWriterTests
{
    [Fact]
    public void Events_are_what_was_written()
    {
        using var folder = new TemporaryFolder();
        string path = folder["events.out.tfevents.1.host"];
        using (var writer = new TensorBoardWriter(path, 100.25))
        {
            writer.Write(101.5, 3, [KeyValuePair.Create("Loss/G/loss", 0.75), KeyValuePair.Create("Progress/kimg", 3.0)]);
        }

        List<(double Time, long Step, string? Version, List<(string Tag, float Value)> Values)> events = Read(
            File.ReadAllBytes(path));
        Assert.Equal(2, events.Count);
        Assert.Equal((100.25, 0L, "brain.Event:2"), (events[0].Time, events[0].Step, events[0].Version));
        Assert.Equal((101.5, 3L), (events[1].Time, events[1].Step));
        Assert.Equal([("Loss/G/loss", 0.75f), ("Progress/kimg", 3f)], events[1].Values);
    }

    private static List<(double, long, string?, List<(string, float)>)> Read(byte[] file)
    {
        var events = new List<(double, long, string?, List<(string, float)>)>();
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            ReadOnlySpan<byte> data = file.AsSpan(at + 12, length);
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            events.Add(Event(data.ToArray()));
            at += 16 + length;
        }

        return events;
    }

    private static (double, long, string?, List<(string, float)>) Event(byte[] data)
    {
        var input = new CodedInputStream(data);
        (double time, long step, string? version, List<(string, float)> values) = (0, 0, null, []);
        while (input.ReadTag() is uint tag and not 0)
        {
            switch (WireFormat.GetTagFieldNumber(tag))
            {
                case 1: time = input.ReadDouble(); break;
                case 2: step = input.ReadInt64(); break;
                case 3: version = input.ReadString(); break;
                case 5: values = Summary(input.ReadBytes().ToByteArray()); break;
                default: Assert.Fail($"unknown field {tag}"); break;
            }
        }

        return (time, step, version, values);
    }

    private static List<(string, float)> Summary(byte[] data)
    {
        var values = new List<(string, float)>();
        var input = new CodedInputStream(data);
        while (input.ReadTag() is uint tag and not 0)
        {
            Assert.Equal(1, WireFormat.GetTagFieldNumber(tag));
            var inner = new CodedInputStream(input.ReadBytes().ToByteArray());
            (string name, float value) = ("", float.NaN);
            while (inner.ReadTag() is uint field and not 0)
            {
                switch (WireFormat.GetTagFieldNumber(field))
                {
                    case 1: name = inner.ReadString(); break;
                    case 2: value = inner.ReadFloat(); break;
                    default: Assert.Fail($"unknown field {field}"); break;
                }
            }

            values.Add((name, value));
        }

        return values;
    }

    // CRC-32C bit by bit, from its polynomial.
    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82f63b78);
            }
        }

        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);
    }
}
