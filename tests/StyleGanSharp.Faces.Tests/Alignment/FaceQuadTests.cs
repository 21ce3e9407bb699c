using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Faces.Tests.Alignment;

public sealed class FaceQuadTests
{
    private const double Rounding = 1e-9;

    // e = (100, 0), m = (0, 120): half a side is max(200, 216), the middle lies 12 pixels below the eyes.
    [Fact]
    public void An_upright_face_gives_the_numbers_of_the_formula()
    {
        FacePoint[] points = [new(100, 100), new(200, 100), new(150, 160), new(120, 220), new(180, 220)];
        var quad = FaceQuad.FromLandmarks(points);
        Equal(new FacePoint(150, 112), quad.Center);
        Equal(new FacePoint(216, 0), quad.Half);
        FacePoint[] corners = [new(-66, -104), new(-66, 328), new(366, 328), new(366, -104)];
        foreach ((FacePoint expected, FacePoint corner) in corners.Zip(quad.Corners))
        {
            Equal(expected, corner);
        }

        Assert.Equal(432, quad.Side, Rounding);
    }

    // e = (0, 100), m = (-60, 0): the eyes decide, and the face looks to the left.
    [Fact]
    public void A_lying_face_gives_a_turned_square()
    {
        FacePoint[] points = [new(100, 100), new(100, 200), new(70, 150), new(40, 120), new(40, 180)];
        var quad = FaceQuad.FromLandmarks(points);
        Equal(new FacePoint(94, 150), quad.Center);
        Equal(new FacePoint(0, 200), quad.Half);
        Equal(new FacePoint(294, -50), quad.UpperLeft);
        Equal(new FacePoint(-106, -50), quad.LowerLeft);
    }

    // Of 68 points the means of the eyes and the outer corners of the mouth count, and no other.
    [Fact]
    public void Sixty_eight_points_are_averaged_to_five()
    {
        var random = new Random(4);
        FacePoint[] many = [.. Enumerable.Range(0, 68).Select(_ => new FacePoint(random.Next(1000), random.Next(1000)))];
        int[] offsets = [-3, -2, -1, 1, 2, 3];
        for (int i = 0; i < 6; i++)
        {
            many[36 + i] = new FacePoint(100 + offsets[i], 90 + (2 * offsets[i]));
            many[42 + i] = new FacePoint(180 - offsets[i], 110 + offsets[i]);
        }

        (many[48], many[54]) = (new FacePoint(110, 200), new FacePoint(150, 210));
        FacePoint[] few = [new(100, 90), new(180, 110), new(0, 0), many[48], many[54]];
        FaceQuad expected = FaceQuad.FromLandmarks(few), quad = FaceQuad.FromLandmarks(many);
        Equal(expected.Center, quad.Center);
        Equal(expected.Half, quad.Half);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(67)]
    [InlineData(69)]
    public void Other_numbers_of_points_are_refused(int count) => Assert.Contains(
        $"{count}.", Assert.Throws<AlignmentException>(() => FaceQuad.FromLandmarks(new FacePoint[count])).Message);

    [Theory]
    [InlineData(double.NaN, 100)]
    [InlineData(double.PositiveInfinity, 100)]
    [InlineData(100, 100)]
    public void Points_without_a_direction_are_refused(double x, double y)
    {
        FacePoint[] points = [new(100, 100), new(x, y), new(100, 100), new(100, 100), new(100, 100)];
        Assert.Throws<AlignmentException>(() => FaceQuad.FromLandmarks(points));
    }

    [Fact]
    public void A_nose_that_is_no_number_is_refused_too()
    {
        FacePoint[] points = [new(100, 100), new(200, 100), new(double.NaN, 0), new(120, 220), new(180, 220)];
        Assert.Throws<AlignmentException>(() => FaceQuad.FromLandmarks(points));
    }

    [Fact]
    public void Points_go_to_the_crop_and_back()
    {
        var transform = new CropTransform(SyntheticPhotograph.Quad(1234.5, 987.6, 765.4, 33), 1024);
        Equal(new FacePoint(0, 0), transform.ToCrop(transform.Quad.UpperLeft));
        Equal(new FacePoint(1024, 1024), transform.ToCrop(transform.Quad.LowerRight));
        Equal(new FacePoint(0, 1024), transform.ToCrop(transform.Quad.LowerLeft));
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            var point = new FacePoint((random.NextDouble() * 4000) - 1000, (random.NextDouble() * 4000) - 1000);
            Equal(point, transform.ToPhotograph(transform.ToCrop(point)));
            Equal(point, transform.ToCrop(transform.ToPhotograph(point)));
        }
    }

    private static void Equal(FacePoint expected, FacePoint actual)
    {
        Assert.Equal(expected.X, actual.X, Rounding);
        Assert.Equal(expected.Y, actual.Y, Rounding);
    }
}
