using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleGanSharp.Cli.Training;

/// <summary>What <c>--metrics</c> of <c>train</c> asks for: fid, auto or none; or the field's names, of which training measures the distance.</summary>
/// <param name="Wanted">fid, auto or none.</param>
/// <param name="Names">The field's names as they were given; empty: there are none.</param>
internal sealed partial record RunMetrics(string Wanted, IReadOnlyList<string> Names)
{
    internal const string None = "none";
    internal const string Auto = "auto";
    internal const string Fid = "fid";

    /// <exception cref="UserException">A name is unknown, or names contradict each other.</exception>
    internal static RunMetrics Parse(string text)
    {
        string[] names = [.. text.ToLowerInvariant().Trim('[', ']').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        if (names is [None or Auto or Fid])
        {
            return new RunMetrics(names[0], []);
        }

        string? unknown = names.FirstOrDefault(name => !FieldName().IsMatch(name));
        return names.Length > 0 && unknown is null
            ? new RunMetrics(Auto, names)
            : throw new UserException(
                $"--metrics {text}: auto, fid or none is needed; the field's names, such as fid50k_full and kid50k_full, are taken as well"
                + $"{(names.Length > 1 && unknown is not null ? $", but '{unknown}' is none of them" : "")}.");
    }

    /// <summary>What is measured in the place of the field's metrics, as one sentence; null: just what was asked for.</summary>
    /// <param name="hasDetector">Whether there is a feature network.</param>
    /// <param name="samples">Generated pictures of the distance.</param>
    internal string? Notice(bool hasDetector, int samples)
    {
        if (Names.Count == 0)
        {
            return null;
        }

        string asked = $"--metrics {string.Join(",", Names)}";
        if (!hasDetector)
        {
            return $"{asked}: nothing is measured, because distances need a feature network: --detector FILE names one.";
        }

        string count = string.Create(CultureInfo.InvariantCulture, $"{samples}");
        int? named = Names.Select(Samples).FirstOrDefault(n => n is not null);
        return Names.Count == 1 && named == samples ? null
            : $"{asked}: measured is the Frechet distance of {count} generated pictures (--metric-samples)"
                + $"{(Names.All(n => Samples(n) is not null) ? "" : ", the only metric of a training run")}.";
    }

    // Pictures of a Frechet distance's name; null: another metric.
    private static int? Samples(string name) => Distance().Match(name) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        ? count * (match.Groups[2].Length > 0 ? 1000 : 1) : null;

    [GeneratedRegex(@"^(?:fid|frechet)(\d{1,6})(k?)(?:_full)?$")]
    private static partial Regex Distance();

    // Names of the metrics of ProGAN, StyleGAN, StyleGAN2, -ADA and StyleGAN3.
    [GeneratedRegex(@"^(?:(?:fid|frechet|kid|is|swd|msssim)\d+k?(?:_full)?|pr\d+k3(?:_full)?|ppl_?[a-z0-9_]+|ppl2_wend|ls|eq[tr]\d+k(?:_int|_frac)?)$")]
    private static partial Regex FieldName();
}
