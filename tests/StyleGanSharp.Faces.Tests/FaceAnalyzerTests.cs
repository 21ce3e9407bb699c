using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Faces.Tests;

public sealed class FaceAnalyzerTests
{
    private const FaceParts Quick = FaceParts.Landmarks;

    private static readonly GoldenFiles Files = Fixtures.GoldenFaces;

    [Fact]
    public void Only_what_is_asked_for_is_computed()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Portrait();
        Face all = Assert.Single(Find(analyzer, image));
        Assert.Equal((Face.LandmarkCount, 7, 128), (all.Landmarks!.Count, all.Expressions!.Count, all.Descriptor!.Count));
        Assert.Equal(1, all.Expressions.Sum(), 9);
        Assert.Equal(Expression.Neutral, all.Expression);
        Assert.InRange(all.Gender!.Value.Probability, 0.5, 1);
        Assert.Equal(0, all.DistanceTo(all));

        Face box = Assert.Single(Find(analyzer, image, new FaceOptions { Parts = FaceParts.None }));
        Assert.Equal((all.Box, all.Score), (box.Box, box.Score));
        Assert.Null(box.Landmarks ?? (object?)box.Expressions ?? box.Expression ?? box.Age ?? box.Gender
            ?? (object?)box.Descriptor);
        Assert.Throws<InvalidOperationException>(() => all.DistanceTo(box));

        Face aged = Assert.Single(Find(analyzer, image, new FaceOptions { Parts = FaceParts.AgeAndGender }));
        Assert.Equal(all.Age, aged.Age);
        Assert.Equal(all.Landmarks, aged.Landmarks);
        Assert.Null(aged.Descriptor);
        Face read = analyzer.Read(image, all.Box);
        Assert.Equal((all.Age, 1), (read.Age, read.Score));
    }

    [Fact]
    public void The_exact_geometry_is_near_the_library_but_not_shifted_at_the_border()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = ImageFile.Read(Files.Path("pictures/16-sheet-all-rotated.png"));
        IReadOnlyList<Face> exact = Find(analyzer, image, new FaceOptions { Parts = Quick });
        IReadOnlyList<Face> library = Find(analyzer, image, new FaceOptions { Parts = Quick, Geometry = FaceGeometry.Library });
        Assert.Equal(library.Count, exact.Count);
        foreach ((Face a, Face b) in exact.Zip(library))
        {
            double shift = Math.Max(0, -b.Box.X);
            Assert.InRange(a.Landmarks!.Zip(b.Landmarks!, (p, q) => p.X - q.X).Average(), shift - 3, shift + 3);
        }

        Assert.Contains(library, f => f.Box.X < -10); // The overhang that the library shifts by.
    }

    [Fact]
    public void A_mirrored_face_has_mirrored_landmarks()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Portrait();
        var mirrored = new ImageBuffer(image.Width, image.Height, 3);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                image.Row(y).Slice(3 * x, 3).CopyTo(mirrored.Row(y)[(3 * (image.Width - 1 - x))..]);
            }
        }

        var box = new FaceBox(60, 70, 136, 130);
        FaceBox other = box with { X = image.Width - box.Right };
        var options = new FaceOptions { Parts = Quick };
        IReadOnlyList<FacePoint> points = analyzer.Read(image, box, options).Landmarks!, back = analyzer.Read(
            mirrored, other, options).Landmarks!;

        // Sampling starts at another corner, which moves edges by a fraction of a pixel.
        const double tolerance = 1;
        (int Here, int There)[] pairs =
            [(0, 16), (17, 26), (30, 30), (33, 33), (36, 45), (39, 42), (48, 54), (51, 51), (62, 62), (8, 8)];
        foreach ((int here, int there) in pairs)
        {
            Assert.Equal(image.Width - points[here].X, back[there].X, tolerance);
            Assert.Equal(points[here].Y, back[there].Y, tolerance);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 300, 4)]
    [InlineData(300, 1, 3)]
    [InlineData(7, 5, 3)]
    public void Tiny_images_have_no_faces_and_do_no_harm(int width, int height, int channels)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        var image = new ImageBuffer(width, height, channels);
        Assert.Empty(Find(analyzer, image));
        Assert.Empty(Find(analyzer, image, new FaceOptions { Search = FaceSearch.Thorough, InputSize = 64 }));

        // Whatever a box says, there is a pixel to read.
        Face face = analyzer.Read(image, new FaceBox(-50, 1000, 0.1, 3));
        Assert.All(face.Descriptor!, v => Assert.True(float.IsFinite(v)));
        Assert.All(face.Landmarks!, p => Assert.True(double.IsFinite(p.X + p.Y)));
    }

    [Fact]
    public void Large_images_are_averaged_not_sampled()
    {
        // Ten times as large, with every other pixel black or twice as bright: sampling alone would see noise.
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer small = Portrait();
        const int factor = 10;
        var large = new ImageBuffer(small.Width * factor, small.Height * factor, 3);
        for (int y = 0; y < large.Height; y++)
        {
            Span<byte> row = large.Row(y);
            ReadOnlySpan<byte> source = small.Row(y / factor);
            for (int x = 0; x < large.Width; x++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int value = source[(x / factor * 3) + c] / 2;
                    row[(3 * x) + c] = (byte)((x + y) % 2 == 0 ? 2 * value : 0);
                }
            }
        }

        var dark = new ImageBuffer(small.Width, small.Height, 3, [.. small.Pixels.Select(v => (byte)(v / 2))]);
        var options = new FaceOptions { Parts = Quick };
        Face expected = Assert.Single(Find(analyzer, dark, options)), found = Assert.Single(Find(analyzer, large, options));
        const double tolerance = 3; // Of 256 pixels: the detector sees another scale.
        Golden.Near(expected.Box, Scaled(found.Box, 1.0 / factor), 2 * tolerance, "box");
        Golden.Near(expected.Landmarks!, [.. found.Landmarks!.Select(p => new FacePoint(p.X / factor, p.Y / factor))], tolerance,
            "landmarks");
    }

    [Fact]
    public void Gray_and_transparent_images_are_read()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        var options = new FaceOptions { Parts = FaceParts.None };
        ImageBuffer image = Portrait();
        Assert.Single(Find(analyzer, image.ToChannels(1), options));
        ImageBuffer alpha = image.ToChannels(4);
        Assert.Equal(Find(analyzer, image, options), Find(analyzer, alpha, options));
        for (int i = 3; i < alpha.Pixels.Length; i += 4)
        {
            alpha.Pixels[i] = 0; // Nobody sees what lies under transparent pixels.
        }

        Assert.Empty(Find(analyzer, alpha, options));
    }

    [Fact]
    public void Faces_that_fill_the_image_are_found_at_a_smaller_size()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = ImageFile.Read(Files.Path("pictures/18-mona-lisa.png"));
        Assert.Empty(Find(analyzer, image, new FaceOptions { Parts = FaceParts.None, Search = FaceSearch.Once }));
        Assert.Single(Find(analyzer, image, new FaceOptions { Parts = FaceParts.None }));
    }

    [Theory]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(-60)]
    public void A_thorough_search_finds_rotated_faces_once(double degrees)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Portrait();
        var turning = new Turning(new FacePoint(128, 128), 256, 1, degrees);
        var options = new FaceOptions { Parts = Quick };
        IReadOnlyList<FacePoint> upright = Find(analyzer, image, options)[0].Landmarks!;
        Face found = Assert.Single(Find(analyzer, turning.Render(image), options with { Search = FaceSearch.Thorough }));

        // The content was turned counter-clockwise, so it must be turned clockwise to be upright.
        Assert.Equal(0, Math.Abs(found.Rotation + degrees) % 360, 45.0);
        const double tolerance = 9; // Pixels of 256: another crop, and up to half a step of rotation.
        foreach (int point in (int[])[36, 45, 30, 48, 54])
        {
            FacePoint expected = turning.ToPatch(upright[point]), actual = found.Landmarks![point];
            Assert.Equal(expected.X, actual.X, tolerance);
            Assert.Equal(expected.Y, actual.Y, tolerance);
        }
    }

    [Fact]
    public void Several_threads_get_the_same_answers()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Portrait();
        Face[] faces = [.. Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(3).Select(_ => Find(analyzer, image)[0])];
        Assert.All(faces, f => Assert.Equal(0, f.DistanceTo(faces[0]), 1e-5));
        Assert.All(faces, f => Assert.Equal(faces[0].Box, f.Box));
    }

    [Fact]
    public void Invalid_options_are_named()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Portrait();
        (FaceOptions Options, string Words)[] cases =
        [
            (new() { InputSize = 100 }, "input size of 100"), (new() { InputSize = 32 }, "input size of 32"), (
                new() { InputSize = 4096 }, "4096"),
            (new() { MinScore = double.NaN }, "score"), (new() { MinScore = -1 }, "score"), (
                new() { MaxOverlap = 2 }, "overlap of 2"),
            (new() { Parts = (FaceParts)64 }, "64"), (new() { Geometry = (FaceGeometry)9 }, "9"), (
                new() { Search = (FaceSearch)7 }, "7"),
        ];
        foreach ((FaceOptions options, string words) in cases)
        {
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => Find(analyzer, image, options)).Message);
        }

        Assert.Throws<ArgumentException>(() => analyzer.Read(image, new FaceBox(double.NaN, 0, 1, 1)));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => analyzer.Analyze(image, null, cancelled.Token));
        analyzer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Find(analyzer, image));
    }

    [Fact]
    public void Drawings_show_boxes_and_landmarks()
    {
        var image = new ImageBuffer(40, 30, 1);
        var face = new Face
        {
            Box = new FaceBox(-5, 4, 20, 100),
            Score = 1,
            Landmarks =
            [new FacePoint(30.4, 20.4), new FacePoint(-9, 999)]
        };
        ImageBuffer drawn = FaceDrawing.Draw(image, [face]);
        Assert.Equal(3, drawn.Channels);
        Assert.NotEqual(0, drawn.Row(4)[1]);          // The upper edge,
        Assert.NotEqual(0, drawn.Row(20)[(3 * 14) + 1]);    // the right one,
        Assert.NotEqual(0, drawn.Row(20)[3 * 30]);    // and a landmark.
        Assert.Equal(0, drawn.Row(20)[3 * 5]);
        Assert.All(image.Pixels, v => Assert.Equal(0, v));
    }

    private static IReadOnlyList<Face> Find(FaceAnalyzer analyzer, ImageBuffer image, FaceOptions? options = null) =>
        analyzer.Analyze(image, options, TestContext.Current.CancellationToken);

    private static ImageBuffer Portrait() => ImageFile.Read(Files.Path("pictures/01-man-a-young-neutral.png"));

    private static FaceBox Scaled(FaceBox box, double scale) =>
        new(box.X * scale, box.Y * scale, box.Width * scale, box.Height * scale);
}
