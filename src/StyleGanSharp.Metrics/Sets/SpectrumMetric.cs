using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spectra;
using StyleGanSharp.Metrics.Statistics;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// Average power spectra of generated and real images: the mean absolute difference of their slices at 0 and 45 degrees, in dB.
/// The spectra are those of Karras et al., "Alias-Free Generative Adversarial Networks" (2021), figure 5 and appendix; the
/// difference as one number is this project's.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>10k</c>.</param>
/// <param name="samples">The number.</param>
internal sealed class SpectrumMetric(string count, int samples) : ImageSetMetric($"spectrum{count}", samples)
{
    // Mean and deviation of the real images would need a pass of their own; both only shift both spectra alike.
    private const double Middle = 127.5;

    public override string Description => "difference of the average power spectra";

    public override MetricNeeds Needs => MetricNeeds.Reals;

    public override MetricDirection Better => MetricDirection.Lower;

    public override void Require(MetricContext context)
    {
        base.Require(context);
        if (context.Generator.Width != context.Generator.Height)
        {
            throw new MetricException(
                $"{Name} needs square images, and the network makes {context.Generator.Width}x{context.Generator.Height}.");
        }
    }

    internal override DatasetView? RealsOf(MetricContext context) =>
        context.Reals?.Choose(context.SamplesOf(this), mirrored: false);

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real)
    {
        int size = context.Generator.Width;
        return ("spectrum", () => new PixelStatistic<PowerSpectrum>(
            new PowerSpectrum(size, Middle, Middle), (spectrum, images) => spectrum.Add(images)));
    }

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        (RadialSlice horizontal, RadialSlice diagonal) = Slices(generated);
        (RadialSlice realHorizontal, RadialSlice realDiagonal) = Slices(reals!);
        double flat = Difference(horizontal, realHorizontal), slanted = Difference(diagonal, realDiagonal);
        return [Result(context, Name, (flat + slanted) / 2, "dB") with
        {
            Details = [new MetricDetail("0_degrees", flat), new MetricDetail("45_degrees", slanted)],
        }];
    }

    private static (RadialSlice Horizontal, RadialSlice Diagonal) Slices(IImageStatistic statistic) =>
        RadialSlice.Of(((PixelStatistic<PowerSpectrum>)statistic).Value.Finish());

    private double Difference(RadialSlice a, RadialSlice b)
    {
        double[] differences =
        [
            .. a.Decibels.Zip(b.Decibels).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second))
                .Select(p => Math.Abs(p.First - p.Second)),
        ];
        return differences.Length > 0
            ? differences.Average()
            : throw new MetricException($"{Name}: one of the sets has images of one colour only, so it has no spectrum.");
    }
}
