using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using StyleGanSharp.Data.Datasets.TfRecords;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;

namespace StyleGanSharp.Data.Datasets.Creation.Writers;

/// <summary>
/// Writes the multi-resolution TFRecords of the field's older tools: NAME-rLL.tfrecords for every side from 4 up, LL being its
/// logarithm, and NAME-rxx.labels, a NumPy array of float32 [N, size], one-hot for classes. Names of classes have no place there.
/// </summary>
/// <param name="folder">Where the files are written.</param>
/// <param name="name">What their names begin with: by convention the name of the final folder.</param>
internal sealed class RecordWriter(string folder, string name) : DatasetWriter
{
    private const int SmallestSide = 4;
    private const int BufferBytes = 1 << 18;

    private readonly List<FileStream> levels = [];   // From 4x4 up.

    public override byte[][] Encode(ImageBuffer image)
    {
        byte[] pixels = image.ToPlanar();
        var parts = new List<byte[]> { Frame(pixels, image.Channels, image.Width) };
        int side = image.Width / 2;
        foreach (byte[] level in PicturePyramid.Below(pixels, image.Channels, image.Width, SmallestSide))
        {
            parts.Add(Frame(level, image.Channels, side));
            side /= 2;
        }

        parts.Reverse();
        return [.. parts];
    }

    public override void Dispose() => levels.ForEach(l => l.Dispose());

    protected override string Write(int number, byte[][] encoded)
    {
        for (int i = 0; i < encoded.Length; i++)
        {
            if (i == levels.Count)
            {
                int level = i + BitOperations.Log2(SmallestSide);
                string file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-r{level:D2}.tfrecords"));
                levels.Add(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes));
            }

            levels[i].Write(encoded[i]);
        }

        return "";
    }

    protected override void WriteLabels(IReadOnlyList<string>? classNames, IEnumerable<KeyValuePair<string, string>> facts)
    {
        if (!IsLabelled)
        {
            return;
        }

        (float[] values, int size) = Rows(classNames?.Count ?? 0);
        using FileStream file = File.Create(Path.Combine(folder, $"{name}-rxx.labels"));
        NpyFormat.Write(file, RecordLabels.Array2D(values, size));
    }

    private static byte[] Frame(byte[] pixels, int channels, int side)
    {
        byte[] payload = PictureExample.Write(pixels, new PlanarShape(channels, side, side));
        var frame = new byte[sizeof(ulong) + sizeof(uint) + payload.Length + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), MaskedCrc32C.Of(frame.AsSpan(0, 8)));
        payload.CopyTo(frame.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12 + payload.Length), MaskedCrc32C.Of(payload));
        return frame;
    }

    private (float[] Values, int Size) Rows(int classes)
    {
        JsonElement[] labels = [.. Pictures.Select(p => JsonElement.Parse(p.Label!))];
        if (labels[0].ValueKind == JsonValueKind.Array)
        {
            int length = labels[0].GetArrayLength();
            return ([.. labels.SelectMany(l => l.EnumerateArray().Select(v => v.GetSingle()))], length);
        }

        int[] numbers = Array.ConvertAll(labels, l => l.GetInt32());
        int size = Math.Max(classes, numbers.Max() + 1);
        if ((long)size * numbers.Length > Array.MaxLength / sizeof(float))
        {
            throw new DatasetException(
                name, $"{name}: {numbers.Length} labels of {size} classes do not fit into one file of labels: "
                    + $"give {CreationOptions.Labels} none.");
        }

        var values = new float[size * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            values[(i * size) + numbers[i]] = 1;
        }

        return (values, size);
    }
}
