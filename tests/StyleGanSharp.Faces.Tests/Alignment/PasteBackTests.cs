using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Alignment;

namespace StyleGanSharp.Faces.Tests.Alignment;

public sealed class PasteBackTests
{
    private static readonly FaceQuad Quad = SyntheticPhotograph.Quad(110, 95, 120, 25);

    // Fewer, as many and more pixels than the photograph has there.
    [Theory]
    [InlineData(96, 3)]
    [InlineData(120, 1)]
    [InlineData(500, 4)]
    public void An_unedited_crop_changes_next_to_nothing(int size, int channels)
    {
        ImageBuffer photograph = Photograph(channels);
        AlignedFace face = FaceAlignment.Align(photograph.ToChannels(3), Quad, size);
        ImageBuffer result = PasteBack.Apply(photograph, face.Image, face.Transform);
        Assert.Equal((220, 200, channels), (result.Width, result.Height, result.Channels));
        double sum = 0;
        int inside = 0;
        for (int i = 0; i < result.Pixels.Length; i++)
        {
            int pixel = i / channels, difference = Math.Abs(result.Pixels[i] - photograph.Pixels[i]);
            if (Weight(PasteMask.Ellipse(), face.Transform, pixel) == 0 || i % channels == 3)
            {
                Assert.Equal(0, difference);
            }
            else
            {
                sum += difference;
                inside++;
            }
        }

        Assert.True(inside > 5000 * Math.Min(channels, 3), $"{inside} samples");
        Assert.InRange(sum / inside, 0, 2);
    }

    [Fact]
    public void An_edit_shows_by_the_weight_of_the_mask()
    {
        ImageBuffer photograph = Photograph(4);
        var red = new ImageBuffer(64, 64, 3, [.. Enumerable.Repeat<byte[]>([255, 0, 0], 64 * 64).SelectMany(p => p)]);
        var mask = new ImageBuffer(2, 2, 1, [255, 255, 255, 255]);
        var transform = new CropTransform(Quad, 64);
        ImageBuffer whole = PasteBack.Apply(photograph, red, transform, PasteMask.Of(mask));
        ImageBuffer soft = PasteBack.Apply(photograph, red, transform, PasteMask.Ellipse(0.3, 0.4, 0.5));
        for (int i = 0; i < 220 * 200; i++)
        {
            FacePoint place = new CropTransform(Quad, 1).ToCrop(new FacePoint((i % 220) + 0.5, (i / 220) + 0.5));
            bool inside = place.X is >= 0 and <= 1 && place.Y is >= 0 and <= 1;
            byte[] before = photograph.Pixels[(4 * i)..((4 * i) + 4)];
            Assert.Equal(inside ? [255, 0, 0, before[3]] : before, whole.Pixels[(4 * i)..((4 * i) + 4)]);
            double weight = Weight(PasteMask.Ellipse(0.3, 0.4, 0.5), transform, i);
            Assert.Equal(before[0] + ((255 - before[0]) * weight), soft.Pixels[4 * i], 0.51);
        }
    }

    [Fact]
    public void The_ellipse_is_whole_in_the_middle_and_fades_out()
    {
        var mask = PasteMask.Ellipse(0.4, 0.5, 0.5);
        Assert.Equal(
            (1, 1, 0.5, 0, 0),
            (mask.At(0.5, 0.5), mask.At(0.699, 0.5), Math.Round(mask.At(0.8, 0.5), 9), mask.At(0.9001, 0.5), mask.At(2, 0.5)));
    }

    [Fact]
    public void Crops_and_transforms_that_cannot_be_are_refused()
    {
        ImageBuffer photograph = Photograph(3);
        var crop = new ImageBuffer(32, 32, 3);
        Assert.Throws<AlignmentException>(
            () => PasteBack.Apply(photograph, new ImageBuffer(32, 31, 3), new CropTransform(Quad, 32)));
        Assert.Throws<AlignmentException>(() => PasteBack.Apply(photograph, crop, default));
        Assert.Throws<AlignmentException>(() => PasteBack.Apply(
            photograph, crop, new CropTransform(SyntheticPhotograph.Quad(-500, 3, 90, 0), 32)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PasteMask.Ellipse(radiusX: 0.6));
        Assert.Throws<ArgumentOutOfRangeException>(() => PasteMask.Ellipse(feather: double.NaN));
    }

    // Squares that leave the photograph touch only what there is.
    [Fact]
    public void A_face_at_the_border_is_put_back()
    {
        ImageBuffer photograph = Photograph(3);
        AlignedFace face = FaceAlignment.Align(photograph, SyntheticPhotograph.Quad(10, 190, 300, -40), 64);
        ImageBuffer result = PasteBack.Apply(photograph, new ImageBuffer(64, 64, 3), face.Transform);
        Assert.Equal(0, result.Row(190)[3 * 10]);
        Assert.Equal(photograph.Row(0)[3 * 219], result.Row(0)[3 * 219]);
    }

    private static double Weight(PasteMask mask, CropTransform transform, int pixel)
    {
        FacePoint place = (transform with { Size = 1 }).ToCrop(new FacePoint((pixel % 220) + 0.5, (pixel / 220) + 0.5));
        return mask.At(place.X, place.Y);
    }

    private static ImageBuffer Photograph(int channels)
    {
        ImageBuffer image = SyntheticPhotograph.Waves(220, 200).ToChannels(channels);
        for (int i = 3; channels == 4 && i < image.Pixels.Length; i += 4)
        {
            image.Pixels[i] = (byte)(i % 251);
        }

        return image;
    }
}
