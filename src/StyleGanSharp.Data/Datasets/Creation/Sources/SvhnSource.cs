using System.Globalization;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>
/// The cropped digits of SVHN (Netzer et al. 2011, "format 2": train_32x32.mat, test_32x32.mat, extra_32x32.mat): X [32, 32, 3,
/// N] and y [N, 1], in which 10 means the digit 0. The file is held in memory, 3 kB for each image.
/// </summary>
internal sealed class SvhnSource : IImageSource
{
    private const int Side = 32;
    private const int PictureBytes = 3 * Side * Side;

    private readonly byte[] pixels;     // [N, 3, W, H]: the first size of MATLAB, the row, is the fastest.
    private readonly byte[]? digits;

    public SvhnSource(string path, LabelSource labels)
    {
        Dictionary<string, MatArray> arrays = Load(path);
        if (!arrays.TryGetValue("X", out MatArray? pictures) || pictures.Shape is not [Side, Side, 3, > 0])
        {
            throw new DatasetException(
                path, $"{path} has no array X of 32x32x3xN: of SVHN the cropped digits (format 2, train_32x32.mat) are read.");
        }

        pixels = pictures.Values;
        Count = pictures.Shape[3];
        if (labels == LabelSource.Source)
        {
            digits = arrays.TryGetValue("y", out MatArray? numbers) && numbers.Values.Length == Count
                && numbers.Values.All(v => v <= 10)
                ? Array.ConvertAll(numbers.Values, v => (byte)(v % 10))
                : throw new DatasetException(
                    path, $"{path} has no array y of {Count} digits: give {CreationOptions.Labels} none to do without them.");
            ClassNames = [.. Enumerable.Range(0, 10).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        }
    }

    public int Count { get; }

    public IReadOnlyList<string>? ClassNames { get; }

    public string Name(int index) => $"picture {index}";

    public string? Label(int index) => digits?[index].ToString(CultureInfo.InvariantCulture);

    public (int Width, int Height, int Channels)? Identify(int index) => (Side, Side, 3);

    public ImageBuffer Read(int index)
    {
        var image = new ImageBuffer(Side, Side, 3);
        ReadOnlySpan<byte> picture = pixels.AsSpan(index * PictureBytes, PictureBytes);
        for (int c = 0; c < 3; c++)
        {
            for (int x = 0; x < Side; x++)
            {
                for (int y = 0; y < Side; y++)
                {
                    image.Pixels[(((y * Side) + x) * 3) + c] = picture[(((c * Side) + x) * Side) + y];
                }
            }
        }

        return image;
    }

    public void Dispose()
    {
    }

    private static Dictionary<string, MatArray> Load(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return MatReader.Read(file, ["X", "y"]);
        }
        catch (EndOfStreamException exception)
        {
            throw new DatasetException(path, $"{path} is a damaged MATLAB file: it is cut off.", exception);
        }
        catch (InvalidDataException exception)
        {
            string clause = exception.Message.StartsWith("is ", StringComparison.Ordinal)
                ? exception.Message : "is a damaged MATLAB file: its compressed data is damaged";
            throw new DatasetException(path, $"{path} {clause}.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(path, FileFault.DescribeRead(exception, path), exception);
        }
    }
}
