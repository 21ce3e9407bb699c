using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace StyleGanSharp.Torch.IO;

/// <summary>The reading half of <see cref="Safetensors"/>.</summary>
internal static class SafetensorsReader
{
    private const int MaxMessage = 300;

    /// <summary>Reads and checks everything but the tensors. The source owns the stream.</summary>
    internal static SafetensorsSource Open(FileStream stream, string path)
    {
        Exception Bad(string problem) => SafetensorsReader.Bad(path, problem);

        long fileLength = stream.Length;
        Span<byte> prefix = stackalloc byte[8];
        if (fileLength < 8)
        {
            throw Bad($"it has {fileLength} bytes, the header alone needs 8");
        }

        stream.ReadExactly(prefix);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > (ulong)(fileLength - 8))
        {
            throw Bad($"its header claims {headerLength} bytes of {fileLength}");
        }

        if (headerLength > Safetensors.MaxHeaderBytes)
        {
            throw Bad($"its header claims {headerLength} bytes, more than {Safetensors.MaxHeaderBytes} are not read");
        }

        var header = new byte[headerLength];
        stream.ReadExactly(header);
        long dataLength = fileLength - 8 - header.Length;

        (Dictionary<string, SafetensorsEntry> entries, Dictionary<string, string> metadata) = Parse(header, Bad);
        CheckPlaces(entries.Values, dataLength, Bad);
        return new SafetensorsSource(stream, path, 8 + header.Length, entries, metadata);
    }

    /// <summary>The error; names and texts of the file that are in it become one short line.</summary>
    internal static SafetensorsException Bad(string path, string problem)
    {
        string line = string.Concat(problem.Select(c => char.IsControl(c) ? '?' : c));
        return new SafetensorsException(path, line.Length <= MaxMessage ? line : $"{line[..MaxMessage]}...");
    }

    private static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        byte[] header, Func<string, Exception> bad)
    {
        // The JSON reader takes texts as they come and fails later, when one is asked for, so the bytes are checked first.
        if (!Utf8.IsValid(header))
        {
            throw bad("its header is not UTF-8 text");
        }

        try
        {
            return ParseObject(header, bad);
        }
        catch (InvalidOperationException) // A \u escape that is half a character; only the text's own getter notices.
        {
            throw bad("its header has a text that is not Unicode");
        }
    }

    private static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) ParseObject(
        byte[] header, Func<string, Exception> bad)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException e)
        {
            throw bad($"its header is not JSON (line {e.LineNumber}, byte {e.BytePositionInLine})");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw bad("its header is not a JSON object");
            }

            var entries = new Dictionary<string, SafetensorsEntry>();
            Dictionary<string, string>? metadata = null;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                string name = property.Name;
                if (name == Safetensors.MetadataName)
                {
                    metadata = metadata is null ? ParseMetadata(property.Value, bad) : throw bad($"'{name}' appears twice");
                    continue;
                }

                if (entries.Count == Safetensors.MaxTensors)
                {
                    throw bad($"it has more than {Safetensors.MaxTensors} tensors");
                }

                if (name.Length > Safetensors.MaxNameLength)
                {
                    throw bad($"the name of a tensor has {name.Length} letters, more than "
                        + $"{Safetensors.MaxNameLength} are not read");
                }

                if (!entries.TryAdd(name, ParseEntry(name, property.Value, bad)))
                {
                    throw bad($"'{name}' appears twice");
                }
            }

            return (entries, metadata ?? []);
        }
    }

    private static Dictionary<string, string> ParseMetadata(JsonElement element, Func<string, Exception> bad)
    {
        var metadata = new Dictionary<string, string>();
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw bad("its metadata is not a JSON object");
        }

        foreach (JsonProperty text in element.EnumerateObject())
        {
            string value = text.Value.ValueKind == JsonValueKind.String
                ? text.Value.GetString()!
                : throw bad($"metadata '{text.Name}' is not text");
            if (!metadata.TryAdd(text.Name, value))
            {
                throw bad($"metadata '{text.Name}' appears twice");
            }
        }

        return metadata;
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement value, Func<string, Exception> bad)
    {
        if (value.ValueKind != JsonValueKind.Object
            || !value.TryGetProperty("dtype", out JsonElement dtype) || dtype.ValueKind != JsonValueKind.String
            || !value.TryGetProperty("shape", out JsonElement shape)
            || !value.TryGetProperty("data_offsets", out JsonElement offsets))
        {
            throw bad($"the entry '{name}' lacks dtype, shape or data_offsets");
        }

        DType type = Safetensors.TypeOf(dtype.GetString()!) ?? throw bad($"'{name}' has the unknown type '{dtype.GetString()}'");
        long[] sizes = ParseSizes(shape, name, bad);
        long[] places = ParseSizes(offsets, name, bad);
        if (places.Length != 2 || places[1] < places[0])
        {
            throw bad($"'{name}' has the data_offsets {offsets.GetRawText()}");
        }

        long expected;
        try
        {
            // Strides are products of all sizes but the zeros, so these must fit too.
            _ = checked(Shape.Count(Array.ConvertAll(sizes, size => Math.Max(size, 1))) * type.Size());
            expected = Shape.Count(sizes) * type.Size();
        }
        catch (OverflowException)
        {
            throw bad($"'{name}' has the shape {Shape.Format(sizes)}, which no memory holds");
        }

        return expected == places[1] - places[0]
            ? new SafetensorsEntry(name, type, sizes) { Begin = places[0], End = places[1] }
            : throw bad($"'{name}' of shape {Shape.Format(sizes)} needs {expected} bytes, its place has {places[1] - places[0]}");
    }

    private static long[] ParseSizes(JsonElement element, string name, Func<string, Exception> bad)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() > 16)
        {
            throw bad($"'{name}' has sizes that are not a list of numbers");
        }

        var sizes = new List<long>();
        foreach (JsonElement item in element.EnumerateArray())
        {
            sizes.Add(item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out long size) && size >= 0
                ? size
                : throw bad($"'{name}' has the size {item.GetRawText()}"));
        }

        return [.. sizes];
    }

    // The format asks for a buffer without holes and without overlaps.
    private static void CheckPlaces(IEnumerable<SafetensorsEntry> entries, long dataLength, Func<string, Exception> bad)
    {
        long position = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != position)
            {
                throw bad($"'{entry.Name}' begins at byte {entry.Begin} of the data, byte {position} was expected");
            }

            position = entry.End;
        }

        if (position != dataLength)
        {
            throw bad($"its tensors fill {position} bytes, the file has {dataLength}");
        }
    }
}
