using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Detection;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Faces;

/// <summary>
/// Finds faces and says what they look like: boxes, 68 landmarks, expression, age, gender, and a descriptor that tells people
/// apart. Safe to use from several threads at once; only <see cref="Dispose"/> must wait until all calls have returned.
/// </summary>
public sealed class FaceAnalyzer : IDisposable
{
    // Of a rotated face: side of the upright patch that is cut out for it, in sides of its box.
    private const double PatchSize = 2;
    private const int LargestPatch = 1024;

    private readonly FaceNetworks networks;
    private readonly FaceDetector detector;
    private readonly FaceReader reader;

    private FaceAnalyzer(FaceNetworks networks, Device device)
    {
        this.networks = networks;
        detector = new FaceDetector(networks.Detector, device);
        reader = new FaceReader(networks, device);
    }

    /// <summary>The folder of the networks that lie beside the program (models/faces).</summary>
    public static string ShippedFolder => Path.Combine(AppContext.BaseDirectory, "models", "faces");

    /// <summary>Opens the networks. The detector is read now, each of the others when it is first asked for.</summary>
    /// <param name="folder">Their folder; null: <see cref="ShippedFolder"/>.</param>
    /// <param name="device">Where they compute; null: the CPU.</param>
    /// <exception cref="FaceException">The detector's file is missing, damaged, or holds something else.</exception>
    public static FaceAnalyzer Open(string? folder = null, Device? device = null)
    {
        Device place = device ?? Device.Cpu;
        var networks = new FaceNetworks(folder ?? ShippedFolder, place);
        try
        {
            return new FaceAnalyzer(networks, place);
        }
        catch
        {
            networks.Dispose();
            throw;
        }
    }

    /// <summary>Finds the faces of an image.</summary>
    /// <param name="image">Gray, RGB or RGBA (laid on white), of any size.</param>
    /// <param name="options">What is computed and how; null: the defaults.</param>
    /// <param name="cancel">Ends the work between two runs of a network.</param>
    /// <returns>The faces in falling score; none where nothing was found.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="FaceException">A network that is needed cannot be loaded.</exception>
    public IReadOnlyList<Face> Analyze(ImageBuffer image, FaceOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options = Checked(options);
        ImageBuffer pixels = image.ToChannels(3, RgbColor.White);
        using GradMode mode = GradMode.Off();
        return [.. detector.Find(pixels, options, cancel).Select(found =>
        {
            cancel.ThrowIfCancellationRequested();
            return Read(pixels, found, options);
        })];
    }

    /// <summary>Reads a face whose place is known already.</summary>
    /// <param name="image">Gray, RGB or RGBA (laid on white).</param>
    /// <param name="box">Where it is, about as the detector would say: from the brows to the chin.</param>
    /// <param name="options">What is computed; null: the defaults.</param>
    /// <returns>The face, with a score of 1.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or the box is not finite.</exception>
    /// <exception cref="FaceException">A network that is needed cannot be loaded.</exception>
    public Face Read(ImageBuffer image, FaceBox box, FaceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        options = Checked(options);
        if (!(double.IsFinite(box.Right) && double.IsFinite(box.Bottom)))
        {
            throw new ArgumentException($"A face cannot be at {box}.", nameof(box));
        }

        using GradMode mode = GradMode.Off();
        return Read(image.ToChannels(3, RgbColor.White), new Candidate(box, 1), options);
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose() => networks.Dispose();

    /// <summary>The networks, for tests of single steps.</summary>
    internal FaceNetworks Networks => networks;

    /// <summary>The networks of one face, for tests of single steps.</summary>
    internal FaceReader Reader => reader;

    /// <summary>The detector, for tests of single steps.</summary>
    internal FaceDetector Detector => detector;

    private static FaceOptions Checked(FaceOptions? options)
    {
        options ??= new FaceOptions();
        return options.Problem() is string problem
            ? throw new ArgumentException($"These options are invalid: {problem}.", nameof(options)) : options;
    }

    private Face Read(ImageBuffer image, Candidate found, FaceOptions options)
    {
        var face = new Face { Box = found.Box, Score = found.Score, Rotation = found.Rotation };
        if (options.Parts == FaceParts.None)
        {
            return face;
        }

        if (found.Rotation == 0)
        {
            return Fill(face, image, found.Box, options);
        }

        // A rotated face is read from an upright patch, and its landmarks go back to the image.
        double side = PatchSize * Math.Max(found.Box.Width, found.Box.Height);
        int pixels = (int)Math.Clamp(Math.Ceiling(side), 2, LargestPatch);
        double scale = side / pixels;
        ImageBuffer source = image;
        int factor = (int)scale;
        FacePoint center = found.Box.Center;
        if (factor > 1)
        {
            source = Shrinking.Shrink(image, PixelBox.All(image.Width, image.Height), factor);
            center = new FacePoint(center.X / factor, center.Y / factor);
        }

        var turning = new Turning(center, pixels, scale / Math.Max(factor, 1), found.Rotation);
        double width = found.Box.Width / scale, height = found.Box.Height / scale;
        var upright = new FaceBox((pixels - width) / 2, (pixels - height) / 2, width, height);
        face = Fill(face, turning.Render(source), upright, options);
        return face with { Landmarks = [.. face.Landmarks!.Select(p => Scaled(turning.ToImage(p), Math.Max(factor, 1)))] };
    }

    private static FacePoint Scaled(FacePoint point, int factor) => new(point.X * factor, point.Y * factor);

    private Face Fill(Face face, ImageBuffer image, FaceBox box, FaceOptions options)
    {
        FacePoint[] landmarks = reader.Landmarks(image, box, options.Geometry);
        face = face with { Landmarks = landmarks };
        PixelBox aligned = PixelBox.Clip(FaceCrops.Aligned(landmarks), image.Width, image.Height);
        if (options.Parts.HasFlag(FaceParts.Expressions))
        {
            face = face with { Expressions = reader.Expressions(image, aligned, options.Geometry) };
        }

        if (options.Parts.HasFlag(FaceParts.AgeAndGender))
        {
            (double age, double[] gender) = reader.AgeAndGender(image, aligned, options.Geometry);
            face = face with
            {
                Age = age,
                Gender = gender[0] > 0.5
                    ? new GenderEstimate(Gender.Male, gender[0]) : new GenderEstimate(Gender.Female, 1 - gender[0]),
            };
        }

        if (options.Parts.HasFlag(FaceParts.Descriptor))
        {
            PixelBox crop = PixelBox.Clip(box, image.Width, image.Height);
            FaceBox square = options.Geometry == FaceGeometry.Library
                ? FaceCrops.Descriptor(landmarks, crop.Width, crop.Height)
                : FaceCrops.Descriptor(landmarks, image.Width, image.Height);
            face = face with
            {
                Descriptor = reader.Descriptor(image, PixelBox.Clip(square, image.Width, image.Height), options.Geometry),
            };
        }

        return face;
    }
}
