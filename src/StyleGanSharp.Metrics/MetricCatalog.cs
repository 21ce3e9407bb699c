using System.Globalization;
using System.Text.RegularExpressions;
using StyleGanSharp.Metrics.Equivariance;
using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Metrics.Separability;
using StyleGanSharp.Metrics.Sets;

namespace StyleGanSharp.Metrics;

/// <summary>
/// All metrics by name. A number in a name may be another one: <c>fid5k_full</c> is <c>fid50k_full</c> with 5,000 images. A new
/// metric is a class of its own and a line here.
/// </summary>
public static partial class MetricCatalog
{
    private static readonly Family[] Families =
    [
        new("fid", "50k", true, (count, n, full) => new FrechetMetric(count, n, full)),
        new("kid", "50k", true, (count, n, full) => new KernelMetric(count, n, full)),
        new("pr", "50k", true, (count, n, full) => new PrecisionRecallMetric(count, n, full), "3"),
        new("is", "50k", false, (count, n, _) => new InceptionScoreMetric(count, n)),
        new("swd", "16k", false, (count, n, _) => new SlicedWassersteinMetric(count, n)),
        new("msssim", "20k", false, (count, n, _) => new MultiScaleSsimMetric(count, n)),
        new("spectrum", "10k", false, (count, n, _) => new SpectrumMetric(count, n)),
        new("identity", "10k", false, (count, n, _) => new IdentityMetric(count, n)),
    ];

    private static readonly IMetric[] Fixed =
    [
        .. from inW in new[] { true, false }
           from full in new[] { false, true }
           from crop in new[] { false, true }
           select new PathLengthMetric(inW, full, crop),
        new SeparabilityMetric(),
        new IntegerTranslationEquivariance(),
        new FractionalTranslationEquivariance(),
        new RotationEquivariance(),
    ];

    /// <summary>The metrics with the numbers of images that the field uses, in the order in which they are listed to users.</summary>
    public static IReadOnlyList<IMetric> All { get; } =
    [
        .. Families.SelectMany(f => f.HasFull ? [f.Name(full: true), f.Name(full: false)] : new[] { f.Name(full: false) })
            .Select(name => Find(name)!),
        .. Fixed,
    ];

    /// <summary>The metric of a name; null where there is none.</summary>
    /// <param name="name">As the field writes it; <c>frechet</c> may stand for <c>fid</c>.</param>
    public static IMetric? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Array.Find(Fixed, m => m.Name == name) is { } metric)
        {
            return metric;
        }

        if (Counted().Match(name) is not { Success: true } match)
        {
            return null;
        }

        string prefix = match.Groups["prefix"].Value is "frechet" ? "fid" : match.Groups["prefix"].Value;
        bool full = match.Groups["full"].Success;
        Family? family = Array.Find(Families, f => f.Prefix == prefix && (f.HasFull || !full));
        string count = match.Groups["count"].Value;
        if (family is null || !TakeSuffix(ref count, family.Suffix))
        {
            return null;
        }

        bool isThousands = count.EndsWith('k');
        return int.TryParse(isThousands ? count[..^1] : count, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number > 0
            ? family.Create(count, number * (!isThousands ? 1 : prefix == "swd" ? 1024 : 1000), full)
            : null;
    }

    // pr50k3: the number of neighbors stands behind that of the images.
    private static bool TakeSuffix(ref string count, string suffix)
    {
        if (!count.EndsWith(suffix, StringComparison.Ordinal) || count.Length == suffix.Length)
        {
            return false;
        }

        count = count[..^suffix.Length];
        return true;
    }

    [GeneratedRegex(@"^(?<prefix>[a-z]+?)(?<count>\d{1,6}k?3?)(?<full>_full)?$")]
    private static partial Regex Counted();

    private sealed record Family(
        string Prefix, string Count, bool HasFull, Func<string, int, bool, IMetric> Create, string Suffix = "")
    {
        internal string Name(bool full) => $"{Prefix}{Count}{Suffix}{(full ? "_full" : "")}";
    }
}
