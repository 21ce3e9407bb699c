using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.Creation.Sources;

public sealed class SvhnTests : IDisposable
{
    private const int Uint8 = 2;
    private const int Double = 9;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true, Uint8)]
    [InlineData(false, Uint8)]
    [InlineData(true, Double)]
    public void Digits_and_their_pictures_are_read(bool compressed, int labelType)
    {
        File.WriteAllBytes(
            folder["train_32x32.mat"], Mat(
                compressed, Matrix("X", Uint8, Pixels(), 32, 32, 3, 2), Matrix("y", labelType, [10, 3], 2, 1)));
        DatasetCreationResult result = Create(new());
        Assert.Equal((2, 32, true), (result.Written, result.Width, result.HasLabels));
        using ImageDataset dataset = ImageDataset.Open(folder["made.zip"]);
        Assert.Equal((0, 3), (dataset.Labels.Class(0), dataset.Labels.Class(1)));   // 10 means 0.
        var pixels = new byte[dataset.ImageBytes];
        dataset.Read(1, pixels);
        for (int c = 0; c < 3; c++)
        {
            for (int y = 0; y < 32; y++)
            {
                for (int x = 0; x < 32; x++)
                {
                    Assert.Equal(Value(1, c, y, x), pixels[(((c * 32) + y) * 32) + x]);
                }
            }
        }
    }

    [Fact]
    public void Other_files_are_one_sentence()
    {
        byte[] pixels = Matrix("X", Uint8, Pixels(), 32, 32, 3, 2);
        Assert.Contains("has no array y of 2 digits: give labels none", Refused(Mat(true, pixels)));
        Assert.Contains("has no array y", Refused(Mat(true, pixels, Matrix("y", Uint8, [1, 2, 3], 3, 1))));
        Assert.Contains("has no array y", Refused(Mat(true, pixels, Matrix("y", Uint8, [1, 11], 2, 1))));
        Assert.Contains("has no array X of 32x32x3xN", Refused(Mat(true, Matrix("X", Uint8, new byte[32 * 32], 32, 32))));
        Assert.Contains("not a whole number from 0 to 255", Refused(Mat(true, pixels, Fraction())));
        byte[] newer = Mat(true, pixels);
        "MATLAB 7.3 MAT-file"u8.CopyTo(newer);
        Assert.Contains("of version 7.3 (HDF5): save it with the option -v7", Refused(newer));
        Assert.Contains("is not a MATLAB file of version 5", Refused(new byte[500]));
        File.WriteAllBytes(folder["train_32x32.mat"], Mat(true, pixels));
        Assert.Equal(2, Create(new() { Labels = LabelSource.None }).Written);
    }

    [Fact]
    public void Every_truncation_and_claim_is_refused()
    {
        foreach (bool compressed in (bool[])[true, false])
        {
            byte[] whole = Mat(compressed, Matrix("y", Uint8, [10, 3], 2, 1), Matrix("X", Uint8, Pixels(), 32, 32, 3, 2));
            for (int length = 0; length < whole.Length; length += length < 300 ? 1 : 37)
            {
                Refused(whole[..length]);
            }
        }

        byte[] plain = Mat(false, Matrix("X", Uint8, Pixels(), 32, 32, 3, 2), Matrix("y", Uint8, [10, 3], 2, 1));
        var draw = new Random(3);
        for (int at = 128; at < 240; at++)
        {
            byte[] damaged = [.. plain];
            damaged[at] ^= (byte)(1 << draw.Next(8));
            try
            {
                File.WriteAllBytes(folder["train_32x32.mat"], damaged);
                Create(new());
            }
            catch (DatasetException)
            {
                // As it should be.
            }
        }

        // A small compressed element that claims a gigabyte.
        byte[] claim = new byte[16];
        BinaryPrimitives.WriteInt32LittleEndian(claim, 14);
        BinaryPrimitives.WriteInt32LittleEndian(claim.AsSpan(4), 1 << 30);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Contains("claims more data than it can hold", Refused([.. Header(), .. Compressed(claim)]));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 1 << 24);
    }

    private static byte Value(int picture, int channel, int y, int x) => (byte)((picture * 50) + (channel * 30) + (y * 5) + x);

    // As MATLAB lays out [32, 32, 3, N]: rows fastest.
    private static byte[] Pixels() =>
        [.. Enumerable.Range(0, 2 * 3072).Select(i => Value(i / 3072, i / 1024 % 3, i % 32, i / 32 % 32))];

    private static byte[] Mat(bool compressed, params byte[][] matrices) =>
        [.. Header(), .. matrices.SelectMany(m => compressed ? Compressed(m) : m)];

    private static byte[] Header()
    {
        byte[] header = Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(128));
        (header[124], header[125], header[126], header[127]) = (0, 1, (byte)'I', (byte)'M');
        return header;
    }

    private static byte[] Fraction()
    {
        byte[] matrix = Matrix("y", Double, [1, 2], 2, 1);
        BinaryPrimitives.WriteDoubleLittleEndian(matrix.AsSpan(matrix.Length - 8), 1.5);
        return matrix;
    }

    private static byte[] Matrix(string name, int type, byte[] values, params int[] shape)
    {
        byte[] data = type == Double ? [.. values.SelectMany(v => BitConverter.GetBytes((double)v))] : values;
        byte[] flags = [(byte)(type == Double ? 6 : 9), 0, 0, 0, 0, 0, 0, 0];
        return Element(14, [
            .. Element(6, flags), .. Element(5, [.. shape.SelectMany(BitConverter.GetBytes)]), .. Element(
                1, Encoding.ASCII.GetBytes(name)), .. Element(type, data)]);
    }

    private static byte[] Element(int type, byte[] content)
    {
        if (content.Length is > 0 and <= 4)
        {
            return [.. BitConverter.GetBytes((content.Length << 16) | type), .. content, .. new byte[4 - content.Length]];
        }

        return [.. BitConverter.GetBytes(type), .. BitConverter.GetBytes(content.Length), .. content,
            .. new byte[(8 - (content.Length % 8)) % 8]];
    }

    private static byte[] Compressed(byte[] element)
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(element);
        }

        return [.. BitConverter.GetBytes(15), .. BitConverter.GetBytes((int)memory.Length), .. memory.ToArray()];
    }

    private string Refused(byte[] file)
    {
        File.WriteAllBytes(folder["train_32x32.mat"], file);
        return Assert.Throws<DatasetException>(() => Create(new())).Message;
    }

    private DatasetCreationResult Create(DatasetCreationOptions options) =>
        DatasetCreator.Create(
            folder["train_32x32.mat"], folder["made.zip"], options, null, TestContext.Current.CancellationToken);
}
