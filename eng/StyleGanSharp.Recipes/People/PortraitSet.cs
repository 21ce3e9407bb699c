using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Recipes.Images;

namespace StyleGanSharp.Recipes.People;

/// <summary>The rendered portraits with their factors and landmarks.</summary>
/// <param name="Images">The images, in the order of the labels.</param>
/// <param name="Attributes">What is known of each.</param>
/// <param name="Factors">[N, A], row by row; NaN where a factor does not exist, as the hair length of the bald.</param>
/// <param name="Landmarks">[N, 68, 2] as (x, y) in parts of the side.</param>
internal sealed record PortraitSet(ImageSet Images, AttributeInfo[] Attributes, float[] Factors, float[] Landmarks)
{
    internal const int LandmarkCount = 68;

    internal const string LabelFile = "labels.csv.gz";
    internal const string LandmarkFile = "landmarks.json.gz";
    private const string MapFile = "portraits-128-maps.zip";
    private const int RenderedSide = 128;

    // Color of the label 10, hair, in the palette of the maps.
    private static readonly RgbColor HairColor = new(0x3c, 0x28, 0x14);

    internal int Count => Images.Count;

    /// <summary>Reads all.</summary>
    /// <param name="data">Data set of the portraits, all of them, in their order.</param>
    /// <param name="folder">The folder with labels, landmarks and maps.</param>
    /// <exception cref="RecipeException">Something is missing or does not fit.</exception>
    internal static PortraitSet Read(string data, string folder)
    {
        foreach (string name in new[] { LabelFile, LandmarkFile, MapFile })
        {
            if (!File.Exists(Path.Combine(folder, name)))
            {
                throw new RecipeException(
                    $"{Path.Combine(folder, name)} does not exist: name the folder of the rendered portraits.");
            }
        }

        ImageSet images;
        using (ImageDataset dataset = ImageDataset.Open(data))
        {
            images = ImageSet.Read(dataset, data);
        }

        (string[] columns, string[][] rows) = ReadLabels(Path.Combine(folder, LabelFile));
        if (rows.Length != images.Count)
        {
            throw new RecipeException(
                $"{data} has {images.Count} images, {LabelFile} describes {rows.Length}: make the data set from all portraits.");
        }

        AttributeInfo[] attributes = PortraitFactors.Of(columns);
        float[] landmarks = ReadLandmarks(Path.Combine(folder, LandmarkFile), [.. rows.Select(r => r[0])]);
        var factors = new float[rows.Length * attributes.Length];
        FillLabels(factors, attributes, columns, rows);
        FillHair(factors, attributes, images, landmarks, Path.Combine(folder, MapFile), [.. rows.Select(r => r[0])]);
        return new PortraitSet(images, attributes, factors, landmarks);
    }

    internal static (string[] Columns, string[][] Rows) ReadLabels(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] columns = reader.ReadLine()?.Split(',') ?? [];
        var rows = new List<string[]>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',');
            rows.Add(cells.Length == columns.Length
                ? cells
                : throw new RecipeException(
                    $"{path}: row {rows.Count + 1} has {cells.Length} cells instead of {columns.Length}."));
        }

        return (columns, [.. rows]);
    }

    private static void FillLabels(float[] factors, AttributeInfo[] attributes, string[] columns, string[][] rows)
    {
        for (int a = 0; a < attributes.Length; a++)
        {
            int column = Array.IndexOf(columns, attributes[a].Name);
            for (int i = 0; i < rows.Length; i++)
            {
                // What is measured is filled in later.
                factors[(i * attributes.Length) + a] = column < 0 || attributes[a].Name == PortraitFactors.HairLength ? float.NaN
                    : attributes[a].Kind == AttributeKind.Probability ? (rows[i][column] == "none" ? 0 : 1)
                    : float.Parse(rows[i][column], CultureInfo.InvariantCulture);
            }
        }
    }

    internal static float[] ReadLandmarks(string path, string[] names)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using JsonDocument document = JsonDocument.Parse(stream);
        var landmarks = new float[names.Length * LandmarkCount * 2];
        for (int i = 0; i < names.Length; i++)
        {
            if (!document.RootElement.TryGetProperty(names[i], out JsonElement points)
                || points.GetArrayLength() != LandmarkCount)
            {
                throw new RecipeException($"{path} has no {LandmarkCount} points of {names[i]}.");
            }

            for (int p = 0; p < LandmarkCount; p++)
            {
                for (int k = 0; k < 2; k++)
                {
                    landmarks[(((i * LandmarkCount) + p) * 2) + k] = points[p][k].GetSingle() / RenderedSide;
                }
            }
        }

        return landmarks;
    }

    // Length: lowest hair pixel below the line of the eyes, in distances of the eyes. Color: mean over the image's hair pixels,
    // as lightness and as two coordinates of chroma whose angle is the hue (so gray hair lies at zero instead of having a random
    // hue).
    private static void FillHair(
        float[] factors, AttributeInfo[] attributes, ImageSet images, float[] landmarks, string maps, string[] names)
    {
        int[] columns = [
            .. new[] { PortraitFactors.HairLength, PortraitFactors.HairLightness, PortraitFactors.HairRed,
                PortraitFactors.HairYellow }
            .Select(name => Array.FindIndex(attributes, a => a.Name == name))];
        byte[][] files = ReadMaps(maps, names);
        Parallel.For(0, names.Length, i =>
        {
            ImageBuffer map = ImageFile.Decode(files[i], name: names[i]).ToChannels(3);
            if (map.Width != RenderedSide || map.Height != RenderedSide)
            {
                throw new RecipeException(
                    $"{maps}: the map of {names[i]} has {map.Width}x{map.Height} pixels instead of {RenderedSide}x{RenderedSide}.");
            }

            float[]? hair = MeasureHair(map, images, i, landmarks.AsSpan(i * LandmarkCount * 2, LandmarkCount * 2));
            for (int k = 0; hair is not null && k < columns.Length; k++)
            {
                factors[(i * attributes.Length) + columns[k]] = hair[k];
            }
        });
    }

    private static byte[][] ReadMaps(string path, string[] names)
    {
        using ZipArchive archive = ZipFile.OpenRead(path);
        return [.. names.Select(name =>
        {
            ZipArchiveEntry entry = archive.GetEntry(Path.ChangeExtension(name, ".png"))
                ?? throw new RecipeException($"{path} has no map of {name}.");
            using Stream stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        })];
    }

    private static float[]? MeasureHair(ImageBuffer map, ImageSet images, int index, ReadOnlySpan<float> points)
    {
        bool IsHair(int x, int y)
        {
            ReadOnlySpan<byte> pixel = map.Row(y).Slice(x * 3, 3);
            return pixel[0] == HairColor.R && pixel[1] == HairColor.G && pixel[2] == HairColor.B;
        }

        int lowest = -1;
        for (int y = 0; y < RenderedSide; y++)
        {
            for (int x = 0; x < RenderedSide; x++)
            {
                lowest = IsHair(x, y) ? y : lowest;
            }
        }

        // Colors are taken where a whole pixel of the smaller image is hair.
        int scale = RenderedSide / images.Side, count = 0;
        double[] sums = [0, 0, 0];
        ReadOnlySpan<byte> pixels = images.Pixels(index);
        for (int y = 0; y < images.Side; y++)
        {
            for (int x = 0; x < images.Side; x++)
            {
                bool all = true;
                for (int k = 0; k < scale * scale; k++)
                {
                    all &= IsHair((x * scale) + (k % scale), (y * scale) + (k / scale));
                }

                for (int c = 0; all && c < 3; c++)
                {
                    sums[c] += pixels[(((c * images.Side) + y) * images.Side) + x] / 255.0;
                }

                count += all ? 1 : 0;
            }
        }

        if (lowest < 0 || count == 0)
        {
            return null;
        }

        ((double x, double y) right, (double x, double y) left) = (Center(points, 36), Center(points, 42));
        double eyes = Math.Sqrt(Math.Pow(left.x - right.x, 2) + Math.Pow(left.y - right.y, 2));
        double line = (right.y + left.y) / 2;
        (double r, double g, double b) = (sums[0] / count, sums[1] / count, sums[2] / count);
        return
        [
            (float)((((lowest + 0.5) / RenderedSide) - line) / eyes),
            (float)((Math.Max(r, Math.Max(g, b)) + Math.Min(r, Math.Min(g, b))) / 2),
            (float)(r - ((g + b) / 2)),
            (float)(Math.Sqrt(3) / 2 * (g - b)),
        ];
    }

    // Mean of six points of an eye, in parts of the side.
    private static (double X, double Y) Center(ReadOnlySpan<float> points, int first)
    {
        double x = 0, y = 0;
        for (int p = first; p < first + 6; p++)
        {
            x += points[p * 2] / 6;
            y += points[(p * 2) + 1] / 6;
        }

        return (x, y);
    }
}
