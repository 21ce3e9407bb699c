using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Faces.Detection;

/// <summary>Finds faces in an image: once, or thoroughly at several sizes and rotations.</summary>
internal sealed class FaceDetector(DetectorNetwork network, Device device)
{
    // Faces are found up to about 20 degrees to either side, so that steps of 30 leave no gap.
    private const int RotationStep = 30;

    // At other sizes and rotations the box of a face differs so much that the overlap may be small; what shares this part of the
    // smaller box is the same face.
    private const double SamePart = 0.35;

    // Parts of the input size at which faces that fill the image are found: 224, 160 and 96 for 416.
    private static readonly double[] SmallerSizes = [0.54, 0.385, 0.23];
    private const double LargerSize = 1.5;

    /// <summary>Faces in falling score.</summary>
    /// <param name="image">RGB.</param>
    /// <param name="options">Valid.</param>
    /// <param name="cancel">Ends the search between two runs of the network.</param>
    internal IReadOnlyList<Candidate> Find(ImageBuffer image, FaceOptions options, CancellationToken cancel)
    {
        bool thorough = options.Search == FaceSearch.Thorough;
        IReadOnlyList<Candidate> found = thorough
            ? Certain([.. FindThoroughly(image, options, cancel)], options)
            : FindUpright(image, options, options.InputSize);
        if (found.Count == 0 && options.Search == FaceSearch.Adaptive)
        {
            found = FindLarge(image, options, cancel);
        }

        return Candidate.Suppress(found, (kept, candidate) => kept.Box.OverlapWith(candidate.Box) > options.MaxOverlap
            || (thorough && kept.Box.ContainmentWith(candidate.Box) > SamePart));
    }

    // Sixty runs of the network see sixty times as many things that are no faces: a face must have a score halfway
    // to certainty, unless there is nothing better.
    private static List<Candidate> Certain(List<Candidate> found, FaceOptions options)
    {
        double least = (1 + options.MinScore) / 2;
        List<Candidate> certain = [.. found.Where(c => c.Score > least)];
        return certain.Count > 0 ? certain : found;
    }

    private List<Candidate> FindLarge(ImageBuffer image, FaceOptions options, CancellationToken cancel)
    {
        foreach (int size in Sizes(options.InputSize, SmallerSizes))
        {
            cancel.ThrowIfCancellationRequested();
            List<Candidate> found = FindUpright(image, options, size);
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>All boxes over the threshold, before suppression.</summary>
    internal List<Candidate> FindUpright(ImageBuffer image, FaceOptions options, int inputSize)
    {
        var view = new NetworkView(image, PixelBox.All(image.Width, image.Height), inputSize, centred: false, options.Geometry);
        int cells = inputSize / DetectorNetwork.CellSize;
        return BoxDecoder.Decode(Run(view), cells, options.MinScore, options.Geometry == FaceGeometry.Library
            ? LibraryBox(image.Width, image.Height, inputSize)
            : (center, size) =>
            {
                FacePoint middle = view.ToImage(center.X, center.Y);
                double width = size.X * inputSize * view.Scale, height = size.Y * inputSize * view.Scale;
                return new FaceBox(middle.X - (width / 2), middle.Y - (height / 2), width, height);
            });
    }

    /// <summary>The raw outputs, [25, S/32, S/32].</summary>
    internal float[] Run(NetworkView view)
    {
        using var scope = new TensorScope();
        return network.Forward(view.ToTensor(SquareInput.DetectorMean, device)).ToArray<float>();
    }

    // The library rounds the scaled size and stretches boxes by what the rounding takes away.
    private static Func<FacePoint, FacePoint, FaceBox> LibraryBox(int width, int height, int inputSize)
    {
        double scale = (double)inputSize / Math.Max(width, height);
        double scaledWidth = Math.Floor((width * scale) + 0.5), scaledHeight = Math.Floor((height * scale) + 0.5);
        double longer = Math.Max(scaledWidth, scaledHeight);
        double unitX = longer / scaledWidth * width, unitY = longer / scaledHeight * height;
        return (center, size) => new FaceBox(
            (center.X - (size.X / 2)) * unitX, (center.Y - (size.Y / 2)) * unitY, size.X * unitX, size.Y * unitY);
    }

    private IEnumerable<Candidate> FindThoroughly(ImageBuffer image, FaceOptions options, CancellationToken cancel)
    {
        int[] sizes = Sizes(options.InputSize, [LargerSize, 1, .. SmallerSizes]);

        // The largest input decides how many pixels of the image matter.
        double diagonal = Math.Sqrt(((double)image.Width * image.Width) + ((double)image.Height * image.Height));
        int factor = Math.Max(1, (int)(diagonal / (2 * sizes[0])));
        ImageBuffer small = factor > 1 ? Shrinking.Shrink(image, PixelBox.All(image.Width, image.Height), factor) : image;
        for (int degrees = 0; degrees < 360; degrees += RotationStep)
        {
            int rotation = degrees > 180 ? degrees - 360 : degrees;
            var turning = new Turning(
                new FacePoint(small.Width / 2.0, small.Height / 2.0), TurnedSide(small.Width, small.Height, degrees), 1,
                rotation);
            ImageBuffer turned = degrees == 0 ? image : turning.Render(small);
            foreach (int size in sizes)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (Candidate candidate in FindUpright(turned, options, size))
                {
                    yield return degrees == 0 ? candidate : Back(candidate, turning, factor, rotation);
                }
            }
        }
    }

    private static int[] Sizes(int inputSize, double[] parts) =>
    [
        .. parts.Select(part =>
            Math.Clamp((int)Math.Round(inputSize * part / DetectorNetwork.CellSize) * DetectorNetwork.CellSize,
            FaceOptions.SmallestInput, FaceOptions.LargestInput)).Distinct(),
    ];

    private static int TurnedSide(int width, int height, int degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        (sin, cos) = (Math.Abs(sin), Math.Abs(cos));
        return (int)Math.Ceiling(Math.Max((width * cos) + (height * sin), (width * sin) + (height * cos)) - 1e-6);
    }

    // An upright box of the turned image becomes an upright box of the same size about the same middle.
    private static Candidate Back(Candidate found, Turning turning, int factor, int rotation)
    {
        FacePoint middle = turning.ToImage(found.Box.Center);
        double width = found.Box.Width * factor, height = found.Box.Height * factor;
        return new Candidate(
            new FaceBox((middle.X * factor) - (width / 2), (middle.Y * factor) - (height / 2), width, height), found.Score,
            rotation);
    }
}
