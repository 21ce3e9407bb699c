using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Faces.Tests;

/// <summary>The expected outputs, and the tolerances of their README ("suggested tolerance for float32").</summary>
internal static class Golden
{
    internal const double DetectorRaw = 3e-4;
    internal const double LandmarksRaw = 3e-6;
    internal const double ExpressionLogits = 3e-5;
    internal const double Probability = 2e-5;
    internal const double Age = 1e-3;
    internal const double GenderLogits = 1e-5;
    internal const double Descriptor = 5e-6;
    internal const double Score = 3e-5;
    internal const double BoxPixels = 3e-3;
    internal const double LandmarkPixels = 2e-3;
    internal const double InputMean = 2e-3;

    private static readonly GoldenFiles Files = GoldenFacesFolder.Files;

    /// <summary>The folder of the networks in this checkout.</summary>
    internal static string Models => Path.Combine(RepositoryRoot.Find(), "models", "faces");

    /// <summary>File names of the images.</summary>
    internal static TheoryData<string> Images =>
        [.. Files.List("expected.json", "pictures").Select(p => p.GetProperty("file").GetString()!)];

    /// <summary>Names of the raw outputs for inputs made by formula: <c>hash-age</c>.</summary>
    internal static TheoryData<string> RawOutputs =>
        [.. Files.Names("raw", ".npy").Where(
            n => n.StartsWith("hash-", StringComparison.Ordinal) || n.StartsWith("smooth-", StringComparison.Ordinal))];

    internal static FaceAnalyzer Open() => FaceAnalyzer.Open(Models);

    internal static ImageBuffer Image(string name) => ImageFile.Read(Files.Path($"pictures/{name}"));

    internal static JsonElement Expected(string name) =>
        Files.List("expected.json", "pictures").Single(p => p.GetProperty("file").GetString() == name);

    internal static JsonElement Json(string name) => Files.Json(name);

    internal static float[] Raw(string name) => NpyFile.Read(Files.Path($"raw/{name}.npy")).ToSingles();

    internal static FaceBox Box(JsonElement box) => new(
        box.GetProperty("x").GetDouble(), box.GetProperty("y").GetDouble(), box.GetProperty("width").GetDouble(),
        box.GetProperty("height").GetDouble());

    internal static PixelBox Crop(JsonElement box) => new(
        box.GetProperty("x").Int(), box.GetProperty("y").Int(), box.GetProperty("width").Int(), box.GetProperty("height").Int());

    internal static FacePoint[] Points(JsonElement list) =>
        [.. list.EnumerateArray().Select(p => new FacePoint(p[0].GetDouble(), p[1].GetDouble()))];

    /// <summary>Requires |actual - expected| &lt;= tolerance everywhere.</summary>
    internal static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Count == actual.Count, $"{what}: {actual.Count} numbers instead of {expected.Count}");
        for (int i = 0; i < expected.Count; i++)
        {
            double off = Math.Abs(actual[i] - expected[i]);
            Assert.True(off <= tolerance,
                $"{what}: {actual[i]:R} instead of {expected[i]:R} at {i}: off by {off:E2}, allowed {tolerance:E2}");
        }
    }

    internal static void Near(FaceBox expected, FaceBox actual, double tolerance, string what) =>
        Near([expected.X, expected.Y, expected.Width, expected.Height], [actual.X, actual.Y, actual.Width, actual.Height],
            tolerance, what);

    internal static void Near(
        IReadOnlyList<FacePoint> expected, IReadOnlyList<FacePoint> actual, double tolerance, string what) =>
        Near([.. expected.SelectMany(Numbers)], [.. actual.SelectMany(Numbers)], tolerance, what);

    /// <summary>Checks a network's input against the mean and the samples of the file.</summary>
    internal static void InputIs(JsonElement owner, string prefix, float[] pixels, int side)
    {
        double[] means = [.. Enumerable.Range(0, 3).Select(c => pixels.Where((_, i) => i % 3 == c).Average(v => (double)v))];
        Near(Numbers(owner.GetProperty($"{prefix}input_mean_rgb")), means, InputMean, $"{prefix}input mean");
        foreach (JsonElement sample in owner.GetProperty($"{prefix}input_samples").EnumerateArray())
        {
            double[] row = Numbers(sample);
            int place = (((int)row[0] * side) + (int)row[1]) * 3;
            Near(row[2..], [pixels[place], pixels[place + 1], pixels[place + 2]], InputMean,
                $"{prefix}input at {row[0]}, {row[1]}");
        }
    }

    internal static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Numbers(FacePoint point) => [point.X, point.Y];
}
