using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Recipes.People;

namespace StyleGanSharp.Recipes.Faces;

/// <summary>How well the face networks read rendered portraits, whose landmarks and factors are known.</summary>
internal sealed record FaceEvaluation
{
    /// <summary>Portraits that were looked at.</summary>
    public required int Images { get; init; }

    /// <summary>Share with at least one face.</summary>
    public required double Found { get; init; }

    /// <summary>Share with more than one.</summary>
    public required double Several { get; init; }

    /// <summary>
    /// Mean distance of the eye corners (36, 39, 42, 45) from the truth, in per cent of the distance of the eyes.
    /// </summary>
    public required double EyeCornerError { get; init; }

    /// <summary>The same for the corners of the mouth (48, 54).</summary>
    public required double MouthCornerError { get; init; }

    /// <summary>The same for all 51 points but the jaw, whose true points do not follow the outline.</summary>
    public required double InnerError { get; init; }

    /// <summary>Mean offset of the eye corners to the right and downwards, in per cent of the distance of the eyes.</summary>
    public required double[] EyeCornerOffset { get; init; }

    /// <summary>The same for the corners of the mouth.</summary>
    public required double[] MouthCornerOffset { get; init; }

    /// <summary>Correlation of the read age with the rendered one.</summary>
    public required double AgeCorrelation { get; init; }

    /// <summary>Correlation of the probability of happy with the rendered smile.</summary>
    public required double HappyCorrelation { get; init; }

    /// <summary>
    /// Share of faces rendered as female (factor below 0.2) that were called male, and of male ones (above 0.8) called female.
    /// </summary>
    public required double[] WrongGender { get; init; }
}

/// <summary>Measures a <see cref="FaceEvaluation"/>.</summary>
internal static class FaceEvaluator
{
    private static readonly int[] EyeCorners = [36, 39, 42, 45];
    private static readonly int[] MouthCorners = [48, 54];
    private static readonly int[] Inner = [.. Enumerable.Range(17, Face.LandmarkCount - 17)];

    /// <summary>Reads evenly spread portraits.</summary>
    /// <param name="analyzer">The networks.</param>
    /// <param name="data">Data set of the portraits.</param>
    /// <param name="folder">Folder with their labels and landmarks.</param>
    /// <param name="count">How many portraits.</param>
    /// <param name="options">How faces are searched for.</param>
    /// <param name="done">Told after every portrait.</param>
    internal static FaceEvaluation Evaluate(
        FaceAnalyzer analyzer, ImageDataset data, string folder, int count, FaceOptions options, Action<int> done)
    {
        (string[] columns, string[][] rows) = PortraitSet.ReadLabels(Path.Combine(folder, PortraitSet.LabelFile));
        if (rows.Length != data.Count || data.Channels != 3)
        {
            throw new RecipeException($"{data.Path} has {data.Count} images, {PortraitSet.LabelFile} describes {rows.Length}.");
        }

        count = Math.Min(count, data.Count);
        int[] chosen = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        float[] truth = PortraitSet.ReadLandmarks(
            Path.Combine(folder, PortraitSet.LandmarkFile), [.. chosen.Select(i => rows[i][0])]);
        options = options with { Parts = FaceParts.Landmarks | FaceParts.Expressions | FaceParts.AgeAndGender };
        var faces = new List<(int Index, Face Face, FacePoint[] Truth)>();
        int several = 0;
        var planar = new byte[data.ImageBytes];
        for (int i = 0; i < count; i++)
        {
            data.Read(chosen[i], planar);
            IReadOnlyList<Face> found = analyzer.Analyze(ImageBuffer.FromPlanar(data.Width, data.Height, 3, planar), options);
            several += found.Count > 1 ? 1 : 0;
            if (found.Count > 0)
            {
                FacePoint[] points = [.. Enumerable.Range(i * Face.LandmarkCount, Face.LandmarkCount)
                    .Select(p => new FacePoint(truth[2 * p] * data.Width, truth[(2 * p) + 1] * data.Height))];
                faces.Add((chosen[i], found[0], points));
            }

            done(i + 1);
        }

        double[] Column(string name) => [.. faces.Select(f => double.Parse(rows[f.Index][Array.IndexOf(columns, name)]))];
        double[] gender = Column("gender");
        double Called(Gender called, Func<double, bool> rendered) => faces.Where((_, i) => rendered(gender[i]))
            .Select(f => f.Face.Gender!.Value.Gender == called ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
        return new FaceEvaluation
        {
            Images = count,
            Found = (double)faces.Count / count,
            Several = (double)several / count,
            EyeCornerError = Error(faces, EyeCorners),
            MouthCornerError = Error(faces, MouthCorners),
            InnerError = Error(faces, Inner),
            EyeCornerOffset = Offset(faces, EyeCorners),
            MouthCornerOffset = Offset(faces, MouthCorners),
            AgeCorrelation = Correlation(Column("age"), [.. faces.Select(f => f.Face.Age!.Value)]),
            HappyCorrelation = Correlation(Column("smile"), [.. faces.Select(f => f.Face.Expressions![(int)Expression.Happy])]),
            WrongGender = [Called(Gender.Male, g => g < 0.2), Called(Gender.Female, g => g > 0.8)],
        };
    }

    private static double Error(List<(int Index, Face Face, FacePoint[] Truth)> faces, int[] points) => 100 * faces
        .SelectMany(f => points.Select(p => Distance(f.Face.Landmarks![p], f.Truth[p]) / EyeDistance(f.Truth))).Average();

    private static double[] Offset(List<(int Index, Face Face, FacePoint[] Truth)> faces, int[] points) =>
    [
        100 * faces.SelectMany(f => points.Select(p => (f.Face.Landmarks![p].X - f.Truth[p].X) / EyeDistance(f.Truth))).Average(),
        100 * faces.SelectMany(f => points.Select(p => (f.Face.Landmarks![p].Y - f.Truth[p].Y) / EyeDistance(f.Truth))).Average(),
    ];

    private static double EyeDistance(FacePoint[] points) => Distance(Middle(points[36..42]), Middle(points[42..48]));

    private static FacePoint Middle(FacePoint[] points) => new(points.Average(p => p.X), points.Average(p => p.Y));

    private static double Distance(FacePoint a, FacePoint b) => Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));

    private static double Correlation(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double product = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return product / Math.Sqrt(a.Sum(x => Math.Pow(x - meanA, 2)) * b.Sum(y => Math.Pow(y - meanB, 2)));
    }
}
