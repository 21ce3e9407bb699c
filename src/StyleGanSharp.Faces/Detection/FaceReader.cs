using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Faces.Detection;

/// <summary>The networks that look at one face, each step by itself.</summary>
internal sealed class FaceReader(FaceNetworks networks, Device device)
{
    // Landmark i of a mirrored face is landmark Mirrored[i] of the face.
    private static readonly int[] Mirrored =
    [
        16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0,                               // jaw
        26, 25, 24, 23, 22, 21, 20, 19, 18, 17,                                                 // brows
        27, 28, 29, 30, 35, 34, 33, 32, 31,                                                     // nose
        45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,                                         // eyes
        54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65,         // lips
    ];

    /// <summary>The 68 points in the image.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="box">Where the face is.</param>
    /// <param name="geometry">The rules.</param>
    internal FacePoint[] Landmarks(ImageBuffer image, FaceBox box, FaceGeometry geometry)
    {
        PixelBox crop = PixelBox.Clip(box, image.Width, image.Height);
        FacePoint[] points = LandmarksInCrop(image, crop, geometry);

        // The library adds the corner of the box instead of that of the crop.
        return geometry == FaceGeometry.Library
            ? [.. points.Select(p => new FacePoint(p.X - crop.X + box.X, p.Y - crop.Y + box.Y))]
            : points;
    }

    /// <summary>The 68 points in the image, where the network saw them in a crop.</summary>
    internal FacePoint[] LandmarksInCrop(ImageBuffer image, PixelBox crop, FaceGeometry geometry)
    {
        using var scope = new TensorScope();
        NetworkView view = View(image, crop, FeatureBody.Side, geometry);
        Tensor input = view.ToTensor(SquareInput.FaceMean, device);
        if (geometry == FaceGeometry.Library)
        {
            float[] raw = networks.Landmarks.Forward(input).ToArray<float>();
            return [.. Enumerable.Range(0, Face.LandmarkCount).Select(i => view.ToImage(raw[2 * i], raw[(2 * i) + 1]))];
        }

        // The network places its points about 1 % of the side too far to the left. Its answer for the mirror image errs to the
        // other side.
        float[] both = networks.Landmarks.Forward(Tensor.Cat([input, input.Flip(3)])).ToArray<float>();
        ReadOnlySpan<float> plain = both.AsSpan(0, 2 * Face.LandmarkCount), mirror = both.AsSpan(2 * Face.LandmarkCount);
        var points = new FacePoint[Face.LandmarkCount];
        for (int i = 0; i < points.Length; i++)
        {
            int other = Mirrored[i];
            points[i] = view.ToImage(
                (plain[2 * i] + 1.0 - mirror[2 * other]) / 2, ((double)plain[(2 * i) + 1] + mirror[(2 * other) + 1]) / 2);
        }

        return points;
    }

    /// <summary>Probabilities of the expressions.</summary>
    internal double[] Expressions(ImageBuffer image, PixelBox crop, FaceGeometry geometry)
    {
        using var scope = new TensorScope();
        return Softmax(networks.Expressions.Forward(Input(image, crop, FeatureBody.Side, geometry)).ToArray<float>());
    }

    /// <summary>Age in years, and probabilities of male and female.</summary>
    internal (double Age, double[] Gender) AgeAndGender(ImageBuffer image, PixelBox crop, FaceGeometry geometry)
    {
        using var scope = new TensorScope();
        (Tensor age, Tensor gender) = networks.AgeGender.Forward(Input(image, crop, FeatureBody.Side, geometry));
        return (age.Item(), Softmax(gender.ToArray<float>()));
    }

    /// <summary>128 numbers.</summary>
    internal float[] Descriptor(ImageBuffer image, PixelBox crop, FaceGeometry geometry)
    {
        using var scope = new TensorScope();
        return networks.Descriptor.Forward(Input(image, crop, DescriptorNetwork.Side, geometry)).ToArray<float>();
    }

    /// <summary>What a network sees of a crop.</summary>
    internal static NetworkView View(ImageBuffer image, PixelBox crop, int side, FaceGeometry geometry) =>
        new(image, crop, side, centred: true, geometry);

    private Tensor Input(ImageBuffer image, PixelBox crop, int side, FaceGeometry geometry) =>
        View(image, crop, side, geometry).ToTensor(SquareInput.FaceMean, device);

    internal static double[] Softmax(float[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(l => Math.Exp(l - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(p => p / sum)];
    }
}
