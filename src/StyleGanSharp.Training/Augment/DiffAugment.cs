using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Differentiable augmentation: every image that the discriminator sees, real or generated, is recoloured, shifted and cut at
/// random. There is no strength: the policy applies in full. Differentiable twice with respect to the images. Source: Zhao et
/// al., "Differentiable Augmentation for Data-Efficient GAN Training" (2020), section 3.2 and appendix on the transformations.
/// </summary>
public sealed class DiffAugment
{
    private const double LargestShift = 1.0 / 8;
    private const double CutSize = 1.0 / 2;
    private const int ColourChannels = 3;

    private readonly DiffAugmentPolicy policy;

    /// <summary>Makes an augmentation.</summary>
    /// <param name="policy">Which transforms.</param>
    public DiffAugment(DiffAugmentPolicy policy)
    {
        this.policy = policy;
    }

    /// <summary>Augments a batch.</summary>
    /// <param name="images">[N, C, H, W], floating point, about [-1, 1]; 1, 3 or 4 channels where colours change. The fourth
    /// channel
    /// is opacity, which keeps its colour (a definition of this project, as in <see cref="AugmentPipe"/>).</param>
    /// <param name="draws">The random numbers: names are <c>brightness</c>, <c>saturation</c>, <c>contrast</c>,
    /// <c>translation</c>
    /// and <c>cutout</c>, asked for in this order.</param>
    /// <returns>
    /// Of the shape, type and device of <paramref name="images"/>, a tensor of its own (where nothing happened, of the same
    /// memory).
    /// </returns>
    /// <exception cref="ShapeException">The images have another number of channels, or no four axes.</exception>
    public Tensor Apply(Tensor images, IAugmentDraws draws)
    {
        Shape.Require(images, [null, null, null, null]);
        ArgumentNullException.ThrowIfNull(draws);
        bool recolours = policy.HasFlag(DiffAugmentPolicy.Color);
        if (recolours && images.Size(1) is not (1 or ColourChannels or ColourChannels + 1))
        {
            throw new ShapeException(
                $"pictures of {images.Size(1)} channels have no colours to augment; 1, 3 and 4 channels are known", nameof(
                    images));
        }

        using var scope = new TensorScope();
        Tensor x = images;
        if (recolours)
        {
            x = Recolour(x, draws);
        }

        if (policy.HasFlag(DiffAugmentPolicy.Translation))
        {
            x = Shift(x, draws);
        }

        if (policy.HasFlag(DiffAugmentPolicy.Cutout))
        {
            x = CutOut(x, draws);
        }

        return scope.Keep(ReferenceEquals(x, images) ? x.Alias() : x);
    }

    /// <summary>Brightness +-1/2, saturation 0 to 2, contrast 1/2 to 3/2.</summary>
    private static Tensor Recolour(Tensor images, IAugmentDraws draws)
    {
        using var scope = new TensorScope();
        bool hasOpacity = images.Size(1) > ColourChannels;
        Tensor x = hasOpacity ? images.Slice(1, 0, ColourChannels) : images;
        x += Factor("brightness", -0.5, 1);
        Tensor mean = x.Mean([1], keepDim: true);                 // [N, 1, H, W]
        x = ((x - mean) * Factor("saturation", 0, 2)) + mean;
        mean = x.Mean([1, 2, 3], keepDim: true);                  // [N, 1, 1, 1]
        x = ((x - mean) * Factor("contrast", 0.5, 1)) + mean;
        return scope.Keep(hasOpacity ? Tensor.Cat([x, images.Slice(1, ColourChannels)], 1) : x);

        // One number from start to start + range for each image.
        Tensor Factor(string name, double start, double range)
        {
            float[] drawn = Draw(draws, name, images, 1);
            return Tensor.From(Array.ConvertAll(drawn, u => (u * range) + start), [drawn.Length, 1, 1, 1]).To(images.DType).To(
                images.Device);
        }
    }

    /// <summary>Shifts by up to an eighth of the size in whole pixels; what comes in is zero.</summary>
    private static Tensor Shift(Tensor images, IAugmentDraws draws)
    {
        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        (int mostX, int mostY) = (Most(width, LargestShift), Most(height, LargestShift));
        float[] drawn = Draw(draws, "translation", images, 2);
        Tensor padded = images.Pad([mostX, mostX, mostY, mostY]);
        var shifted = new Tensor[drawn.Length / 2];
        for (int i = 0; i < shifted.Length; i++)
        {
            // A window of the padded image that begins mostX - shift from its left.
            int left = Whole(drawn[2 * i], (2 * mostX) + 1), top = Whole(drawn[(2 * i) + 1], (2 * mostY) + 1);
            shifted[i] = padded.Slice(0, i, i + 1).Slice(2, top, top + height).Slice(3, left, left + width);
        }

        return scope.Keep(Tensor.Cat(shifted));
    }

    /// <summary>
    /// Sets a square of half the size to zero; its centre lies anywhere in the image, what reaches over the border is cut off.
    /// </summary>
    private static Tensor CutOut(Tensor images, IAugmentDraws draws)
    {
        using var scope = new TensorScope();
        (int height, int width) = ((int)images.Size(2), (int)images.Size(3));
        float[] drawn = Draw(draws, "cutout", images, 2);
        int count = drawn.Length / 2;
        var mask = new float[count * height * width];
        Array.Fill(mask, 1);
        for (int i = 0; i < count; i++)
        {
            (int left, int right) = Cut(drawn[2 * i], width);
            (int top, int bottom) = Cut(drawn[(2 * i) + 1], height);
            for (int y = top; y < bottom; y++)
            {
                mask.AsSpan((((i * height) + y) * width) + left, right - left).Clear();
            }
        }

        return scope.Keep(images * Tensor.From(mask, [count, 1, height, width]).To(images.DType).To(images.Device));
    }

    private static (int Start, int End) Cut(float draw, int pixels)
    {
        // An even square has its centre between two pixels, so that there is one place more.
        int size = Most(pixels, CutSize);
        int start = Whole(draw, pixels + 1 - (size % 2)) - (size / 2);
        return (Math.Max(start, 0), Math.Min(start + size, pixels));
    }

    private static int Most(int pixels, double part) => (int)((pixels * part) + 0.5);

    // The largest float below 1 times a large count may round up to it.
    private static int Whole(float draw, int count) => Math.Min((int)(draw * (double)count), count - 1);

    private static float[] Draw(IAugmentDraws draws, string name, Tensor images, int values)
    {
        using Tensor drawn = draws.Uniform($"{name}/value", values == 1 ? [images.Size(0)] : [images.Size(0), values]);
        return drawn.ToArray<float>();
    }
}
