using System.Buffers.Binary;
using System.Text.Json;

namespace StyleGanSharp.Torch.IO;

/// <summary>
/// The safetensors format: 8 bytes header length (little endian), a JSON header with type, shape and place of every tensor, then
/// the elements. Reading trusts nothing: sizes, overlaps and gaps are checked before any tensor is made.
/// </summary>
public static class Safetensors
{
    /// <summary>Longest header accepted, in bytes: that of 100 000 tensors. The format allows ten times as many.</summary>
    public const int MaxHeaderBytes = 10_000_000;

    /// <summary>Most tensors accepted.</summary>
    public const int MaxTensors = 100_000;

    internal const int MaxNameLength = 1024;

    internal const string MetadataName = "__metadata__";

    private static readonly (string Name, DType Type)[] Types =
    [
        ("F32", DType.Float32), ("F64", DType.Float64), ("F16", DType.Float16), ("BF16", DType.BFloat16), ("I64", DType.Int64),
        ("I32", DType.Int32), ("I16", DType.Int16), ("I8", DType.Int8), ("U8", DType.UInt8), ("BOOL", DType.Bool),
    ];

    /// <summary>Writes tensors and metadata. The file is written aside, synced and renamed: no half file is ever seen.</summary>
    /// <param name="path">Target file; replaced if it exists.</param>
    /// <param name="tensors">Tensors with unique names, in the order they are stored.</param>
    /// <param name="metadata">Texts by name.</param>
    /// <exception cref="ArgumentException">
    /// A name appears twice or is the format's own, or the format lacks an element type.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(
        string path, IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var list = tensors.ToList();
        byte[] header = WriteHeader(list, metadata);
        string partial = $"{path}.tmp-{Environment.ProcessId}";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                stream.Write(length);
                stream.Write(header);
                foreach ((_, Tensor value) in list)
                {
                    WriteElements(stream, value);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Opens a file: its header is read and checked, its tensors are not read yet.</summary>
    /// <inheritdoc cref="Read"/>
    public static SafetensorsSource Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return SafetensorsReader.Open(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="SafetensorsException">
    /// The file is damaged or not a safetensors file; the message says what and where.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Read(string path)
    {
        using SafetensorsSource source = Open(path);
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            foreach (string name in source.Entries.Keys)
            {
                tensors.Add(name, source.Read(name).Own());
            }
        }
        catch
        {
            tensors.Values.ToList().ForEach(t => t.Dispose());
            throw;
        }

        return new SafetensorsFile(tensors, source.Metadata);
    }

    internal static DType? TypeOf(string name)
    {
        foreach ((string known, DType type) in Types)
        {
            if (known == name)
            {
                return type;
            }
        }

        return null;
    }

    private static void WriteElements(Stream stream, Tensor value)
    {
        using var scope = new TensorScope();
        Tensor plain = value.Detach().To(Device.Cpu).Contiguous();
        for (long begin = 0; plain.BytesFrom(begin) is { IsEmpty: false } part; begin += part.Length)
        {
            stream.Write(part);
        }
    }

    private static string NameOf(DType type, string tensor)
    {
        foreach ((string name, DType known) in Types)
        {
            if (known == type)
            {
                return name;
            }
        }

        throw new ArgumentException($"'{tensor}' is {type}, which the format lacks.");
    }

    private static byte[] WriteHeader(List<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach ((string key, string text) in metadata)
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            var names = new HashSet<string> { MetadataName };
            foreach ((string name, Tensor value) in tensors)
            {
                if (!names.Add(name))
                {
                    throw new ArgumentException($"The name '{name}' is taken.", nameof(tensors));
                }

                long end = offset + (value.Count * value.DType.Size());
                json.WriteStartObject(name);
                json.WriteString("dtype", NameOf(value.DType, name));
                json.WriteStartArray("shape");
                foreach (long size in value.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                offset = end;
            }

            json.WriteEndObject();
        }

        // Padding with spaces aligns the elements, as the format recommends.
        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }
}
