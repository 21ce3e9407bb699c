using StyleGanSharp.Metrics.Identity;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Metrics.Spaces;
using StyleGanSharp.Metrics.Statistics;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Sets;

/// <summary>
/// How different the people are that a generator shows: the mean distance of the identity descriptors of two random images, beside
/// that of two real ones. Images without a face are left out. Rendered faces lie nearer to each other than photographs.
/// </summary>
/// <param name="count">Name of the number of images, e.g. <c>10k</c>.</param>
/// <param name="samples">The number.</param>
internal sealed class IdentityMetric(string count, int samples) : ImageSetMetric($"identity{count}", samples)
{
    // Of photographs (models/faces/README.md): below it two faces are usually one person.
    private const double OnePerson = 0.6;
    private const int PairsPerImage = 10;

    public override string Description => "identity diversity: distance between the faces of two images";

    public override MetricNeeds Needs => MetricNeeds.Identities;

    public override MetricDirection Better => MetricDirection.NearReals;

    internal override DatasetView? RealsOf(MetricContext context) =>
        context.Reals?.Choose(context.SamplesOf(this), mirrored: false);

    internal override (string Name, Func<IImageStatistic> Create) Statistic(MetricContext context, int count, bool real)
    {
        FaceReadings faces = context.RequireSpaces(this).Faces;
        return ("identities", () => new RowsStatistic(
            count, FaceReadings.DescriptorSize, batch => faces.Descriptors(batch.Images), "descriptor"));
    }

    internal override IReadOnlyList<MetricResult> Compute(
        MetricContext context, IImageStatistic generated, IImageStatistic? reals)
    {
        (PairwiseDistance? distance, int found) = Distances(context, (RowsStatistic)generated);
        if (distance is null)
        {
            throw new MetricException(
                $"{Name}: faces were found in {found} of {context.SamplesOf(this)} images, and two are needed; it is a metric for "
                    + "faces.");
        }

        var details = new List<MetricDetail>
        {
            new("faces_found", found),
            new("share_below_0.6", distance.ShareBelow(OnePerson)),
            new("percentile_5", distance.Percentile(5)),
            new("percentile_95", distance.Percentile(95)),
        };
        if (reals is not null)
        {
            (PairwiseDistance? real, int realFound) = Distances(context, (RowsStatistic)reals);
            details.Add(new MetricDetail("reals_faces_found", realFound));
            if (real is not null)
            {
                details.Add(new MetricDetail("reals_mean", real.Mean));
            }
        }

        return [Result(context, Name, distance.Mean) with
        {
            Detector = "descriptor",
            Deviation = distance.StandardDeviation,
            Details = details,
        }];
    }

    // Null: there are no two faces.
    private static (PairwiseDistance? Distance, int Found) Distances(MetricContext context, RowsStatistic statistic)
    {
        Tensor rows = statistic.Value;
        bool[] isFace = [.. rows.Abs().Sum([1]).ToArray<float>().Select(sum => sum > 0)];
        long[] found = [.. isFace.Index().Where(f => f.Item).Select(f => (long)f.Index)];
        if (found.Length < 2)
        {
            return (null, found.Length);
        }

        Tensor faces = rows.IndexSelect(0, Tensor.From(found, [found.Length]));
        int pairs = (int)Math.Min((long)found.Length * PairsPerImage, (long)found.Length * (found.Length - 1) / 2);
        return (PairwiseDistance.Of(faces, pairs, new NumpyRandom(context.Seed)), found.Length);
    }
}
