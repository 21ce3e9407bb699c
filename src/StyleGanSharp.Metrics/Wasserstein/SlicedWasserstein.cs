using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Wasserstein;

/// <summary>
/// The sliced Wasserstein distance between patches of real and generated images, level by level of their Laplacian pyramids: the
/// mean over random directions of the distance between the patches' projections, which in one dimension is that of the sorted
/// numbers. Source: Karras et al., "Progressive Growing of GANs for Improved Quality, Stability, and Variation" (2018), section
/// 5; Rabin et al., "Wasserstein Barycenter and Its Application to Texture Mixing" (2011), section 2.
/// </summary>
/// <remarks>
/// Images are added batch by batch. Their patches go to temporary files, 75 kB for each image and level with three channels;
/// memory for projections is limited to some 300 MB, except where one direction alone needs more.
/// </remarks>
public sealed class SlicedWasserstein : IDisposable
{
    /// <summary>Patches of each image on each level.</summary>
    public const int PatchesPerImage = 128;

    /// <summary>Side of a patch in pixels.</summary>
    public const int PatchSize = 7;

    private const int Pixels = PatchSize * PatchSize;

    // Numbers of one set that are projected at a time.
    private const long Projected = 1 << 25;

    private const double Factor = 1000;

    private readonly NumpyRandom random;
    private readonly string folder;
    private readonly List<PatchStore> real = [];
    private readonly List<PatchStore> generated = [];
    private IReadOnlyList<(int Height, int Width)> sizes = [];
    private long channels;

    /// <summary>Starts with nothing.</summary>
    /// <param name="random">Draws the places of the patches, then the directions.</param>
    /// <param name="folder">Where temporary files lie; null: the system's folder for them.</param>
    public SlicedWasserstein(NumpyRandom random, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        this.random = random;
        this.folder = folder ?? Path.GetTempPath();
    }

    /// <summary>Adds real images.</summary>
    /// <param name="images">[N, C, H, W] floating point of any range; sides at least 16, even until they are below 32.</param>
    /// <exception cref="ShapeException">Images of another size than before, or of one that has no pyramid.</exception>
    /// <exception cref="MetricException">The images hold values that are not finite numbers.</exception>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void AddReal(Tensor images) => Add(images, real);

    /// <summary>Adds generated images.</summary>
    /// <inheritdoc cref="AddReal"/>
    public void AddGenerated(Tensor images) => Add(images, generated);

    /// <summary>Computes the distances of what was added.</summary>
    /// <param name="repeats">Times that new directions are drawn, at least 1.</param>
    /// <param name="directions">Directions each time, at least 1.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="InvalidOperationException">There are no images, or not as many real as generated ones.</exception>
    /// <exception cref="IOException">A temporary file cannot be read.</exception>
    public SlicedWassersteinResult Finish(int repeats = 4, int directions = 128, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(directions, 1);
        if (real.Count == 0 || generated.Count == 0 || real[0].Count != generated[0].Count)
        {
            throw new InvalidOperationException(
                $"There are {Images(real)} real and {Images(generated)} generated images; the distance needs as many of both, "
                    + "and at least one.");
        }

        using GradMode mode = GradMode.Off();
        var levels = new SlicedWassersteinLevel[sizes.Count];
        for (int level = 0; level < levels.Length; level++)
        {
            double distance = Distance(real[level], generated[level], repeats * directions, cancel);
            levels[level] = new SlicedWassersteinLevel(sizes[level].Height, sizes[level].Width, distance * Factor);
        }

        return new SlicedWassersteinResult(levels, levels.Average(l => l.Distance));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        real.ForEach(store => store.Dispose());
        generated.ForEach(store => store.Dispose());
    }

    private static long Images(List<PatchStore> stores) => stores.Count == 0 ? 0 : stores[0].Count / PatchesPerImage;

    private void Add(Tensor images, List<PatchStore> stores)
    {
        IReadOnlyList<(int Height, int Width)> given = LaplacianPyramid.Sizes(images);
        if (sizes.Count == 0)
        {
            (sizes, channels) = (given, images.Size(1));
        }

        Shape.Require(images, [null, channels, sizes[0].Height, sizes[0].Width]);
        FiniteFeatures.Require(images);
        while (stores.Count < sizes.Count)
        {
            stores.Add(new PatchStore((int)channels, Pixels, folder));
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor[] pyramid = LaplacianPyramid.Of(images.To(Device.Cpu).To(DType.Float32));
        var patch = new float[channels * Pixels];
        for (int level = 0; level < pyramid.Length; level++)
        {
            ReadOnlySpan<float> values = pyramid[level].Contiguous().AsSpan<float>();
            (int height, int width) = sizes[level];
            for (int n = 0; n < images.Size(0); n++)
            {
                ReadOnlySpan<float> image = values.Slice(n * (int)channels * height * width, (int)channels * height * width);
                for (int i = 0; i < PatchesPerImage; i++)
                {
                    int top = (int)random.RandInt(height - PatchSize + 1), left = (int)random.RandInt(width - PatchSize + 1);
                    Cut(image, height, width, top, left, patch);
                    stores[level].Add(patch);
                }
            }
        }
    }

    private static void Cut(ReadOnlySpan<float> image, int height, int width, int top, int left, Span<float> patch)
    {
        for (int row = 0; row < patch.Length / PatchSize; row++)
        {
            int channel = row / PatchSize, y = top + (row % PatchSize);
            image.Slice((((channel * height) + y) * width) + left, PatchSize).CopyTo(patch[(row * PatchSize)..]);
        }
    }

    private double Distance(PatchStore a, PatchStore b, int directions, CancellationToken cancel)
    {
        int width = (int)channels * Pixels;
        int group = (int)Math.Clamp(Projected / a.Count, 1, directions);
        double sum = 0;
        for (int first = 0; first < directions; first += group)
        {
            using var scope = new TensorScope();
            int count = Math.Min(group, directions - first);
            Tensor random = Directions(count, width);
            float[][] x = a.Project(random, cancel), y = b.Project(random, cancel);
            var distances = new double[count];
            TorchParallel.For(0, count, 1, (begin, end) =>
            {
                for (long d = begin; d < end; d++)
                {
                    distances[d] = Between(x[d], y[d]);
                }
            });
            sum += distances.Sum();
        }

        return sum / directions;
    }

    // Uniform on the sphere.
    private Tensor Directions(int count, int width)
    {
        Tensor normal = Tensor.From(random.RandN(count * width), [count, width]);
        return (normal / normal.Square().Sum([1], keepDim: true).Sqrt()).To(DType.Float32);
    }

    // The Wasserstein distance of two sets of as many numbers; sorts them.
    private static double Between(float[] a, float[] b)
    {
        Array.Sort(a);
        Array.Sort(b);
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Math.Abs((double)a[i] - b[i]);
        }

        return sum / a.Length;
    }
}
