using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Recipes.People;

namespace StyleGanSharp.Recipes.Faces;

/// <summary>How well faces of rendered portraits, turned, scaled and padded at random, are aligned.</summary>
internal sealed record AlignmentEvaluation
{
    /// <summary>Portraits that were looked at.</summary>
    public required int Images { get; init; }

    /// <summary>Share with at least one face.</summary>
    public required double Found { get; init; }

    /// <summary>Median of the corners' distances from those of the true square, in per cent of its side.</summary>
    public required double Median { get; init; }

    /// <summary>Their 95th percentile.</summary>
    public required double Percentile95 { get; init; }

    /// <summary>Median of the angle between the squares, in degrees.</summary>
    public required double MedianAngle { get; init; }

    /// <summary>Median of what the side has too much, in per cent; negative: the square is too small.</summary>
    public required double MedianExcess { get; init; }
}

/// <summary>Measures an <see cref="AlignmentEvaluation"/>.</summary>
internal static class AlignmentEvaluator
{
    private const double LargestTurn = 30;
    private const double LeastScale = 1.5;
    private const double LargestScale = 4;

    // The portrait's diagonal fits into the photograph, with up to half of its side around it.
    private const double LargestPadding = 0.5;

    /// <summary>Aligns evenly spread portraits.</summary>
    /// <param name="analyzer">The networks.</param>
    /// <param name="data">Data set of the portraits.</param>
    /// <param name="folder">Folder with their labels and landmarks.</param>
    /// <param name="count">How many portraits.</param>
    /// <param name="seed">Of turns, scales, places and colours.</param>
    /// <param name="options">How faces are searched for.</param>
    internal static AlignmentEvaluation Evaluate(
        FaceAnalyzer analyzer, ImageDataset data, string folder, int count, int seed, FaceOptions options)
    {
        (_, string[][] rows) = PortraitSet.ReadLabels(Path.Combine(folder, PortraitSet.LabelFile));
        if (rows.Length != data.Count || data.Channels != 3)
        {
            throw new RecipeException($"{data.Path} has {data.Count} images, {PortraitSet.LabelFile} describes {rows.Length}.");
        }

        count = Math.Min(count, data.Count);
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        float[] truth = PortraitSet.ReadLandmarks(
            Path.Combine(folder, PortraitSet.LandmarkFile), [.. chosen.Select(i => rows[i][0])]);
        options = options with { Parts = FaceParts.Landmarks };
        var random = new Random(seed);
        List<double> corners = [], angles = [], sides = [];
        int found = 0;
        var planar = new byte[data.ImageBytes];
        for (int i = 0; i < count; i++)
        {
            data.Read(chosen[i], planar);
            (ImageBuffer photograph, CropTransform place) = Photograph(
                ImageBuffer.FromPlanar(data.Width, data.Height, 3, planar), random);
            var expected = FaceQuad.FromLandmarks(
            [
                .. Enumerable.Range(i * Face.LandmarkCount, Face.LandmarkCount).Select(p => place.ToPhotograph(
                    new FacePoint(truth[2 * p] * data.Width, truth[(2 * p) + 1] * data.Height))),
            ]);
            if (analyzer.Analyze(photograph, options) is not [{ } face, ..])
            {
                continue;
            }

            found++;
            var quad = FaceQuad.FromLandmarks(face.Landmarks!);
            corners.AddRange(quad.Corners.Zip(expected.Corners, (a, b) => 100 * Distance(a, b) / expected.Side));
            angles.Add(Math.Abs(Math.IEEERemainder(Angle(quad) - Angle(expected), 360)));
            sides.Add(100 * ((quad.Side / expected.Side) - 1));
        }

        return new AlignmentEvaluation
        {
            Images = count,
            Found = (double)found / count,
            Median = Quantile(corners, 0.5),
            Percentile95 = Quantile(corners, 0.95),
            MedianAngle = Quantile(angles, 0.5),
            MedianExcess = Quantile(sides, 0.5),
        };
    }

    // The portrait on a ground of one colour, and where it lies there.
    private static (ImageBuffer Photograph, CropTransform Place) Photograph(ImageBuffer portrait, Random random)
    {
        double side = portrait.Width * (LeastScale + ((LargestScale - LeastScale) * random.NextDouble()));
        double turn = LargestTurn * ((2 * random.NextDouble()) - 1) * Math.PI / 180;
        double reach = side / 2 * (Math.Abs(Math.Cos(turn)) + Math.Abs(Math.Sin(turn)));
        double left = reach + (side * LargestPadding * random.NextDouble());
        double top = reach + (side * LargestPadding * random.NextDouble());
        int width = (int)(left + reach + (side * LargestPadding * random.NextDouble())) + 1;
        int height = (int)(top + reach + (side * LargestPadding * random.NextDouble())) + 1;
        var ground = new byte[3];
        random.NextBytes(ground);
        var photograph = new ImageBuffer(
            width, height, 3, [.. Enumerable.Repeat(ground, width * height).SelectMany(color => color)]);
        var quad = new FaceQuad(
            new FacePoint(left, top), new FacePoint(Math.Cos(turn) * side / 2, Math.Sin(turn) * side / 2));
        var place = new CropTransform(quad, portrait.Width);
        var whole = PasteMask.Of(new ImageBuffer(1, 1, 1, [byte.MaxValue]));
        return (PasteBack.Apply(photograph, portrait, place, whole), place);
    }

    private static double Angle(FaceQuad quad) => Math.Atan2(quad.Half.Y, quad.Half.X) * 180 / Math.PI;

    private static double Distance(FacePoint a, FacePoint b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    private static double Quantile(List<double> values, double part)
    {
        values.Sort();
        return values.Count == 0 ? double.NaN : values[(int)(part * (values.Count - 1))];
    }
}
