using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Faces.Tests.Alignment;

public sealed class FaceAlignmentTests
{
    [Theory]
    [InlineData(0, 64)]
    [InlineData(27, 64)]
    [InlineData(-140, 50)]
    [InlineData(90, 16)]
    public void A_turned_checkerboard_comes_out_upright(double degrees, int size)
    {
        FaceQuad quad = SyntheticPhotograph.Quad(203.3, 188.7, 200, degrees);
        AlignedFace face = FaceAlignment.Align(SyntheticPhotograph.Checkerboard(400, 380, quad), quad, size);
        Assert.Equal((size, size, 3), (face.Image.Width, face.Image.Height, face.Image.Channels));
        for (int row = 0; row < 8; row++)
        {
            for (int column = 0; column < 8; column++)
            {
                // The pixel in the middle of a field is of its colour; the fields of 16x16 crops have no inner pixel.
                int x = (int)((column + 0.5) * size / 8), y = (int)((row + 0.5) * size / 8);
                double expected = (row + column) % 2 == 0 ? 255 : 0;
                Assert.InRange(face.Image.Row(y)[3 * x], expected - (size < 32 ? 60 : 0), expected + (size < 32 ? 60 : 0));
            }
        }
    }

    // Every pixel of the crop is the mean of the photograph's waves where the transform says that it lies.
    [Theory]
    [InlineData(48)]
    [InlineData(100)]
    public void Pixels_lie_where_the_transform_says(int size)
    {
        ImageBuffer photograph = SyntheticPhotograph.Waves(300, 280);
        AlignedFace face = FaceAlignment.Align(photograph, SyntheticPhotograph.Quad(150, 140, 130, 20), size);
        double worst = 0;
        var color = new double[3];
        for (int i = 0; i < size * size; i++)
        {
            FacePoint place = face.Transform.ToPhotograph(new FacePoint((i % size) + 0.5, (i / size) + 0.5));
            color.AsSpan().Clear();
            Bilinear.Add(photograph, place.X, place.Y, 1, color);
            worst = Math.Max(worst, Math.Abs(color[0] - face.Image.Pixels[3 * i]));
        }

        Assert.InRange(worst, 0, 3);
    }

    [Fact]
    public void Large_photographs_are_averaged_before_they_are_sampled()
    {
        // Stripes of one pixel: sampled they would alias, averaged they are gray.
        ImageBuffer stripes = SyntheticPhotograph.Of(900, 900, (x, _, _) => (int)x % 2 == 0 ? 255 : 0);
        ImageBuffer crop = FaceAlignment.Align(stripes, SyntheticPhotograph.Quad(450, 450, 600, 0), 16).Image;
        Assert.Equal(18, PaddedRegion.Shrink(600, 16));
        Assert.All(crop.Pixels, p => Assert.InRange(p, 126, 130));
    }

    // floor(side / size / 2), from 1 on; a square of 100,000 pixels is shrunk to at most 8192 for any crop.
    [Theory]
    [InlineData(190, 100, 1)]
    [InlineData(399, 100, 1)]
    [InlineData(600, 100, 3)]
    [InlineData(100_000, 4096, 13)]
    public void The_factor_of_shrinking_is_that_of_the_field(double side, int size, int factor) =>
        Assert.Equal(factor, PaddedRegion.Shrink(side, size));

    [Fact]
    public void Gray_and_transparent_photographs_are_taken()
    {
        FaceQuad quad = SyntheticPhotograph.Quad(60, 60, 50, 10);
        ImageBuffer gray = SyntheticPhotograph.Waves(120, 120).ToChannels(1);
        ImageBuffer crop = FaceAlignment.Align(gray, quad, 32).Image;
        Assert.Equal(FaceAlignment.Align(gray.ToChannels(3), quad, 32).Image.Pixels, crop.Pixels);
        Assert.All(FaceAlignment.Align(new ImageBuffer(120, 120, 4), quad, 32).Image.Pixels, p => Assert.Equal(255, p));
    }

    [Theory]
    [InlineData(double.NaN, 50, 20)]
    [InlineData(50, double.NegativeInfinity, 20)]
    [InlineData(-1, 50, 20)]
    [InlineData(50, 81, 20)]
    [InlineData(1e12, 50, 20)]
    [InlineData(50, 50, 0)]
    [InlineData(50, 50, double.NaN)]
    [InlineData(50, 50, 1e9)]
    public void Squares_that_are_of_no_face_are_refused(double x, double y, double side)
    {
        var quad = new FaceQuad(new FacePoint(x, y), new FacePoint(side / 2, 0));
        AlignmentException refused = Assert.Throws<AlignmentException>(
            () => FaceAlignment.Align(new ImageBuffer(100, 80, 3), quad, 16));
        Assert.Contains("check the landmarks", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4097)]
    [InlineData(-5)]
    public void Sizes_have_limits(int size) => Assert.Throws<ArgumentOutOfRangeException>(
        () => FaceAlignment.Align(new ImageBuffer(100, 80, 3), SyntheticPhotograph.Quad(50, 40, 20, 0), size));

    // The smallest image, squares that leave the image on all sides, crops larger than the photograph.
    [Theory]
    [InlineData(1, 1, 64, 2)]
    [InlineData(1, 1, 0.01, 64)]
    [InlineData(3, 1, 5, 64)]
    [InlineData(700, 500, 40_000, 32)]
    [InlineData(50, 40, 200, 100)]
    public void Extreme_squares_need_little_memory(int width, int height, double side, int size)
    {
        ImageBuffer photograph = SyntheticPhotograph.Of(width, height, (_, _, c) => 50 * (c + 1));
        long before = GC.GetTotalAllocatedBytes();
        FaceQuad quad = SyntheticPhotograph.Quad(width / 2.0, height / 2.0, side, 15);
        ImageBuffer crop = FaceAlignment.Align(photograph, quad, size).Image;
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);

        // Of one colour everything is: reflection, blur, median.
        Assert.All(Enumerable.Range(0, size * size), i => Assert.Equal([50, 100, 150], crop.Pixels.AsSpan(3 * i, 3).ToArray()));
    }

    [Fact]
    public void A_huge_photograph_costs_no_more_than_its_part()
    {
        var photograph = new ImageBuffer(12_000, 6000, 1);
        long before = GC.GetTotalAllocatedBytes();
        FaceAlignment.Align(photograph, SyntheticPhotograph.Quad(6000, 3000, 300, 15), 64);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);
    }
}
