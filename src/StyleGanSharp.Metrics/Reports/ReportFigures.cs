using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Metrics.Manifold;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spectra;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Metrics.Reports;

/// <summary>What a report shows beside numbers: images, nearest real images, spectra, precision and recall by truncation.</summary>
public sealed record ReportFigures
{
    private const int Columns = 8;
    private const int Rows = 4;
    private const int Pairs = 8;
    private const int MostReals = 5000;
    private const double ShownPsi = 0.7;

    // From "almost the average image" to "as trained".
    private static readonly double[] Psis = [0.4, 0.55, 0.7, 0.85, 1];

    /// <summary>Generated images, untruncated.</summary>
    public required ImageBuffer Generated { get; init; }

    /// <summary>The same seeds at psi 0.7; null: the network has no average to truncate to.</summary>
    public ImageBuffer? Truncated { get; init; }

    /// <summary>Real images; null: there are none.</summary>
    public ImageBuffer? Reals { get; init; }

    /// <summary>Generated images above, their nearest real ones below, nearest pair first; null: there are no real images.</summary>
    public ImageBuffer? Nearest { get; init; }

    /// <summary>Slices of the average power spectra, with their names; empty: images are not square.</summary>
    public IReadOnlyList<(string Name, RadialSlice Slice)> Spectra { get; init; } = [];

    /// <summary>Precision and recall by truncation; empty: there are no real images, or nothing to truncate to.</summary>
    public IReadOnlyList<(double Psi, PrecisionRecall Value)> Truncation { get; init; } = [];

    /// <summary>Images of each side that spectra, neighbors and the truncation curve rest on.</summary>
    public int Samples { get; init; }

    /// <summary>Makes the figures.</summary>
    /// <param name="context">The generator, its reals and feature space.</param>
    /// <param name="samples">Images of each side, at least 32.</param>
    /// <exception cref="MetricException">A figure cannot be made.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static ReportFigures Make(MetricContext context, int samples)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, Columns * Rows);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        bool truncates = context.Generator.WAvg is not null;
        MetricContext plain = context with { Psi = 1 };
        var figures = new ReportFigures
        {
            Generated = Grid(First(plain)),
            Truncated = truncates ? Grid(First(plain with { Psi = ShownPsi })) : null,
            Samples = samples,
        };
        if (context.Reals is not { } reals || context.Spaces is not { } spaces)
        {
            return figures;
        }

        DatasetView view = reals.Choose(MostReals, mirrored: false);
        using var rows = new RowsStatistic(
            view.Count, spaces.Manifold.Extractor.Size, batch => batch.Features(spaces.Manifold.Extractor), null);
        bool square = context.Generator.Width == context.Generator.Height;
        using PowerSpectrum? realSpectrum = square ? NewSpectrum(context) : null;
        var shown = new List<Tensor>();
        int done = 0;
        RealImages.ForEach(view, images =>
        {
            rows.Add(new ImageBatch(images));
            if (done < samples)
            {
                realSpectrum?.Add(images);
            }

            if (shown.Count == 0)
            {
                shown.Add(images.Clone().Own());
            }

            done += (int)images.Size(0);
            context.Progress?.Invoke(new MetricProgress("Real images of the report", done, view.Count));
        }, context.Warn, context.Cancel);
        using Tensor firstReals = shown[0];
        using PowerSpectrum? spectrum = square ? NewSpectrum(context) : null;
        using var generated = new RowsStatistic(
            samples, spaces.Manifold.Extractor.Size, batch => batch.Features(spaces.Manifold.Extractor), null);
        Gather(plain, samples, images =>
        {
            generated.Add(new ImageBatch(images));
            spectrum?.Add(images);
        });
        return figures with
        {
            Reals = Grid(firstReals),
            Nearest = NearestPairs(plain, view, generated.Value, rows.Value),
            Spectra = square ? Slices(spectrum!, realSpectrum!) : [],
            Truncation = truncates ? Sweep(plain, samples, rows.Value, generated.Value) : [],
        };
    }

    private static PowerSpectrum NewSpectrum(MetricContext context) => new(context.Generator.Width, 127.5, 127.5);

    private static (string Name, RadialSlice Slice)[] Slices(PowerSpectrum generated, PowerSpectrum real)
    {
        (RadialSlice flat, RadialSlice diagonal) = RadialSlice.Of(generated.Finish());
        (RadialSlice realFlat, RadialSlice realDiagonal) = RadialSlice.Of(real.Finish());
        return
        [
            ("generated, 0°", flat), ("real, 0°", realFlat), ("generated, 45°", diagonal), ("real, 45°", realDiagonal),
        ];
    }

    private static List<(double Psi, PrecisionRecall Value)> Sweep(
        MetricContext context, int samples, Tensor reals, Tensor untruncated)
    {
        var curve = new List<(double Psi, PrecisionRecall Value)>();
        IFeatureExtractor space = context.Spaces!.Manifold.Extractor;
        Tensor compared = reals.Slice(0, 0, Math.Min(samples, reals.Size(0)));
        foreach (double psi in Psis)
        {
            if (psi == 1)
            {
                curve.Add((psi, PrecisionRecall.Between(compared, untruncated, cancel: context.Cancel)));
                continue;
            }

            using var rows = new RowsStatistic(samples, space.Size, batch => batch.Features(space), null);
            Gather(context with { Psi = psi }, samples, images => rows.Add(new ImageBatch(images)));
            curve.Add((psi, PrecisionRecall.Between(compared, rows.Value, cancel: context.Cancel)));
        }

        return curve;
    }

    private static void Gather(MetricContext context, int samples, Action<Tensor> use)
    {
        int done = 0;
        new GeneratedImages(context).ForEach(samples, images =>
        {
            use(images);
            done += (int)images.Size(0);
            context.Progress?.Invoke(new MetricProgress($"Generated images of the report, psi {context.Psi}", done, samples));
        });
    }

    // The generated images that come nearest to a real one.
    private static ImageBuffer NearestPairs(MetricContext context, DatasetView view, Tensor generated, Tensor reals)
    {
        Neighbors neighbors = NearestNeighbors.Find(generated, reals, 1, cancel: context.Cancel);
        int[] chosen =
        [
            .. Enumerable.Range(0, neighbors.Distances.Length).OrderBy(i => neighbors.Distances[i]).Take(Pairs),
        ];
        var fakes = new Dictionary<int, ImageBuffer>();
        int at = 0;
        new GeneratedImages(context).ForEach(chosen.Max() + 1, images =>
        {
            foreach (int i in chosen.Where(i => i >= at && i < at + images.Size(0)))
            {
                fakes[i] = Buffers(images.Slice(0, i - at, i - at + 1))[0];
            }

            at += (int)images.Size(0);
        });
        var cells = new List<ImageBuffer>(chosen.Select(i => fakes[i]));
        ImageDataset set = view.Dataset;
        foreach (int i in chosen)
        {
            var pixels = new byte[set.ImageBytes];
            set.Read(view[(int)neighbors.Nearest(i)].Index, pixels);
            cells.Add(ImageBuffer.FromPlanar(set.Width, set.Height, set.Channels, pixels));
        }

        return ImageGrid.Compose(cells, chosen.Length, 2, padding: 2);
    }

    private static Tensor First(MetricContext context)
    {
        var parts = new List<Tensor>();
        new GeneratedImages(context).ForEach(Columns * Rows, images => parts.Add(images.Clone().Own()));
        Tensor all = Tensor.Cat([.. parts]);
        parts.ForEach(p => p.Dispose());
        return all;
    }

    private static ImageBuffer Grid(Tensor images)
    {
        List<ImageBuffer> cells = Buffers(images.Slice(0, 0, Math.Min(images.Size(0), Columns * Rows)));
        int rows = (cells.Count + Columns - 1) / Columns;
        while (cells.Count < rows * Columns)
        {
            cells.Add(new ImageBuffer(cells[0].Width, cells[0].Height, cells[0].Channels));
        }

        return ImageGrid.Compose(cells, Columns, rows);
    }

    private static List<ImageBuffer> Buffers(Tensor images)
    {
        (int channels, int height, int width) = ((int)images.Size(1), (int)images.Size(2), (int)images.Size(3));
        byte[] pixels = images.Contiguous().To(Device.Cpu).ToBytes();
        int size = channels * height * width;
        return
        [
            .. Enumerable.Range(0, (int)images.Size(0)).Select(
                i => ImageBuffer.FromPlanar(width, height, channels, pixels.AsSpan(i * size, size))),
        ];
    }
}
