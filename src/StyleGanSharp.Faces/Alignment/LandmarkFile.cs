using System.Text.Json;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>Landmarks that were found or clicked elsewhere: a JSON list of 68 or 5 points [x, y].</summary>
public static class LandmarkFile
{
    // A hundred times what 68 points need.
    private const int MostBytes = 1 << 19;

    /// <summary>Reads the points; for their order and place see <see cref="FaceQuad.FromLandmarks"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AlignmentException">
    /// The file cannot be read, is too large, or holds something else than 68 or 5 pairs of finite numbers.
    /// </exception>
    public static IReadOnlyList<FacePoint> Read(string path)
    {
        using JsonDocument document = Parse(path);
        try
        {
            FacePoint[] points = Points(document.RootElement);
            return points.Length is Face.LandmarkCount or FaceQuad.FewLandmarks
                ? points : throw new FormatException($"expected 68 or 5 points, got {points.Length}");
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            string detail = e is FormatException ? $" ({e.Message})" : "";
            throw new AlignmentException($"{path} is not a list of 68 or 5 points [x, y] in JSON{detail}.", e);
        }
    }

    /// <summary>The JSON of a file of this library.</summary>
    /// <exception cref="AlignmentException">It cannot be read, is too large, or is not JSON.</exception>
    internal static JsonDocument Parse(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            OrdinaryFile.RequireLength(path);
            using FileStream file = File.OpenRead(path);
            var bytes = new byte[MostBytes + 1];
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            int mark = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0; // Some editors begin with a byte order mark.
            return count <= MostBytes
                ? JsonDocument.Parse(bytes.AsMemory(mark, count - mark))
                : throw new AlignmentException(
                    $"{path} has more than {MostBytes} bytes: it holds something else than landmarks.");
        }
        catch (InvalidDataException e)
        {
            throw new AlignmentException($"{path} {e.Message}.", e);
        }
        catch (JsonException e)
        {
            throw new AlignmentException($"{path} is not JSON, or damaged in line {e.LineNumber + 1}.", e);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new AlignmentException(FileFault.DescribeRead(e, path), e);
        }
    }

    /// <summary>The points of a list.</summary>
    /// <exception cref="FormatException">One is not finite or has other than two numbers.</exception>
    /// <exception cref="InvalidOperationException">Something has another type.</exception>
    internal static FacePoint[] Points(JsonElement list)
    {
        var points = new List<FacePoint>();
        foreach (JsonElement point in list.EnumerateArray())
        {
            points.Add(Point(point));
        }

        return [.. points];
    }

    /// <summary>A pair of numbers.</summary>
    /// <exception cref="FormatException">There are not two, or one is not finite.</exception>
    /// <exception cref="InvalidOperationException">Something has another type.</exception>
    internal static FacePoint Point(JsonElement pair)
    {
        if (pair.GetArrayLength() != 2)
        {
            throw new FormatException($"a point has 2 numbers, not {pair.GetArrayLength()}");
        }

        double x = pair[0].GetDouble(), y = pair[1].GetDouble();
        return double.IsFinite(x) && double.IsFinite(y)
            ? new FacePoint(x, y) : throw new FormatException("a number is too large");
    }
}
