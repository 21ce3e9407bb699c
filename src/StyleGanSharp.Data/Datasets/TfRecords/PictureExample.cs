using System.Text;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>
/// The tf.train.Example of an image: the features 'shape' (three integers: channels, height, width) and 'data' (one text of as
/// many uint8 values, channel by channel). Layout: example.proto and feature.proto of TensorFlow.
/// </summary>
internal static class PictureExample
{
    private const int MaxSide = 1 << 14;

    // Field numbers of example.proto and feature.proto.
    private const int FeaturesOfExample = 1;
    private const int MapOfFeatures = 1;
    private const int KeyOfEntry = 1;
    private const int ValueOfEntry = 2;
    private const int BytesOfFeature = 1;
    private const int IntegersOfFeature = 3;
    private const int ValuesOfList = 1;

    // Tags of length-delimited fields 1 to 3.
    private const byte Tag1 = (1 << 3) | 2;
    private const byte Tag2 = (2 << 3) | 2;
    private const byte Tag3 = (3 << 3) | 2;

    /// <summary>Finds shape and pixels; features of other names are left alone, their order does not matter.</summary>
    /// <param name="payload">The example.</param>
    /// <param name="shape">Its shape; pixels are as long as it says.</param>
    /// <returns>The pixels, [C, H, W], uint8: a part of the payload.</returns>
    /// <exception cref="InvalidDataException">It is something else; the message is a clause.</exception>
    public static ReadOnlySpan<byte> Parse(ReadOnlySpan<byte> payload, out PlanarShape shape)
    {
        ReadOnlySpan<byte> pixels = [];
        Span<long> sizes = stackalloc long[3];
        int sizeCount = -1;
        bool hasPixels = false;
        var example = new WireReader(payload);
        while (example.Next())
        {
            var features = new WireReader(example is { Field: FeaturesOfExample, IsBytes: true } ? example.Bytes : []);
            while (features.Next())
            {
                if (!(features is { Field: MapOfFeatures, IsBytes: true }))
                {
                    continue;
                }

                ReadOnlySpan<byte> key = Entry(features.Bytes, out ReadOnlySpan<byte> value);
                if (key.SequenceEqual("shape"u8))
                {
                    sizeCount = ReadShape(value, sizes);
                }
                else if (key.SequenceEqual("data"u8))
                {
                    hasPixels = true;
                    pixels = ReadData(value);
                }
            }
        }

        if (sizeCount < 0 || !hasPixels)
        {
            throw new InvalidDataException(
                $"has no feature '{(sizeCount < 0 ? "shape" : "data")}': it is not an image of a multi-resolution data set");
        }

        shape = Checked(sizes, sizeCount, pixels.Length);
        return pixels;
    }

    /// <summary>Finds an encoded image (PNG, JPEG, WebP) in an example of other tools, whatever they call it.</summary>
    /// <param name="payload">The example.</param>
    /// <param name="feature">What it is called.</param>
    /// <returns>The encoded image, a part of the payload; empty: there is none.</returns>
    /// <exception cref="InvalidDataException">The bytes are no example; the message is a clause.</exception>
    public static ReadOnlySpan<byte> FindEncoded(ReadOnlySpan<byte> payload, out string feature)
    {
        feature = "";
        ReadOnlySpan<byte> found = [];
        var example = new WireReader(payload);
        while (example.Next())
        {
            var features = new WireReader(example is { Field: FeaturesOfExample, IsBytes: true } ? example.Bytes : []);
            while (features.Next())
            {
                if (features is not { Field: MapOfFeatures, IsBytes: true })
                {
                    continue;
                }

                ReadOnlySpan<byte> key = Entry(features.Bytes, out ReadOnlySpan<byte> value);
                if (found.IsEmpty && ReadData(value) is var data && ImageSignature.Detect(data) is not null)
                {
                    found = data;
                    feature = Encoding.UTF8.GetString(key);
                }
            }
        }

        return found;
    }

    /// <summary>The names of an example's features, for messages.</summary>
    /// <exception cref="InvalidDataException">The bytes are no example; the message is a clause.</exception>
    public static IReadOnlyList<string> Features(ReadOnlySpan<byte> payload)
    {
        var names = new List<string>();
        var example = new WireReader(payload);
        while (example.Next())
        {
            var features = new WireReader(example is { Field: FeaturesOfExample, IsBytes: true } ? example.Bytes : []);
            while (features.Next())
            {
                if (features is { Field: MapOfFeatures, IsBytes: true })
                {
                    names.Add(Encoding.UTF8.GetString(Entry(features.Bytes, out _)));
                }
            }
        }

        return names;
    }

    /// <summary>Writes the example of an image, 'shape' first.</summary>
    /// <param name="pixels">[C, H, W], uint8.</param>
    /// <param name="shape">Channels, height, width.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, PlanarShape shape)
    {
        byte[] sizes = [.. Varint(shape.Channels), .. Varint(shape.Height), .. Varint(shape.Width)];
        byte[] shapeEntry = [.. Field(Tag1, "shape"u8), .. Field(Tag2, Field(Tag3, Field(Tag1, sizes)))];

        // The pixels are copied once: their headers are computed from the inside out.
        byte[] list = [Tag1, .. Varint(pixels.Length)];
        byte[] feature = [Tag1, .. Varint(list.Length + pixels.Length)];
        byte[] value = [Tag2, .. Varint(feature.Length + list.Length + pixels.Length)];
        byte[] key = Field(Tag1, "data"u8);
        int dataLength = key.Length + value.Length + feature.Length + list.Length + pixels.Length;
        byte[] first = Field(Tag1, shapeEntry);
        byte[] second = [Tag1, .. Varint(dataLength)];
        return
        [
            Tag1, .. Varint(first.Length + second.Length + dataLength), .. first, .. second, .. key, .. value, .. feature,
            .. list, .. pixels,
        ];
    }

    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> entry, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> key = [];
        value = [];
        var fields = new WireReader(entry);
        while (fields.Next())
        {
            if (fields is { Field: KeyOfEntry, IsBytes: true })
            {
                key = fields.Bytes;
            }
            else if (fields is { Field: ValueOfEntry, IsBytes: true })
            {
                value = fields.Bytes;
            }
        }

        return key;
    }

    /// <summary>The first three integers and how many there are; lists may be packed or one field for each.</summary>
    private static int ReadShape(ReadOnlySpan<byte> feature, Span<long> sizes)
    {
        int count = 0;
        var fields = new WireReader(feature);
        while (fields.Next())
        {
            var list = new WireReader(fields is { Field: IntegersOfFeature, IsBytes: true } ? fields.Bytes : []);
            while (list.Next())
            {
                if (list.Field != ValuesOfList)
                {
                    continue;
                }

                ReadOnlySpan<byte> packed = list.Bytes;
                if (!list.IsBytes)
                {
                    Add(list.Number, sizes, ref count);
                }

                while (!packed.IsEmpty)
                {
                    Add(WireReader.ReadVarint(ref packed), sizes, ref count);
                }
            }
        }

        return count;

        static void Add(ulong value, Span<long> sizes, ref int count)
        {
            if (count < sizes.Length)
            {
                sizes[count] = (long)value;
            }

            count++;
        }
    }

    private static ReadOnlySpan<byte> ReadData(ReadOnlySpan<byte> feature)
    {
        ReadOnlySpan<byte> data = [];
        var fields = new WireReader(feature);
        while (fields.Next())
        {
            var list = new WireReader(fields is { Field: BytesOfFeature, IsBytes: true } ? fields.Bytes : []);
            while (list.Next())
            {
                if (list is { Field: ValuesOfList, IsBytes: true })
                {
                    data = list.Bytes;
                }
            }
        }

        return data;
    }

    private static PlanarShape Checked(ReadOnlySpan<long> sizes, int count, int bytes)
    {
        if (count != sizes.Length || sizes[0] is not (1 or 3 or 4) || sizes[1] is < 1 or > MaxSide
            || sizes[2] is < 1 or > MaxSide)
        {
            string shown = count == sizes.Length ? $"[{sizes[0]}, {sizes[1]}, {sizes[2]}]" : $"of {count} numbers";
            throw new InvalidDataException(
                $"has the shape {shown}, which is not an image: it has to be [channels, height, width] with 1, "
                    + $"3 or 4 channels and sides up to {MaxSide}");
        }

        return sizes[0] * sizes[1] * sizes[2] == bytes
            ? new PlanarShape((int)sizes[0], (int)sizes[1], (int)sizes[2])
            : throw new InvalidDataException($"has the shape [{sizes[0]}, {sizes[1]}, {sizes[2]}], but {bytes} bytes of pixels");
    }

    private static byte[] Field(byte tag, ReadOnlySpan<byte> content) => [tag, .. Varint(content.Length), .. content];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>(5);
        for (uint rest = (uint)value; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.Add((byte)rest);
                return [.. bytes];
            }

            bytes.Add((byte)(rest | 0x80));
        }
    }
}
