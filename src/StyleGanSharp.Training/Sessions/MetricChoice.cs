using System.Globalization;
using System.Text.RegularExpressions;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Sessions;

/// <summary>
/// What a run measures: fid, auto or none; or names of official metrics, of which training measures the distance.
/// </summary>
/// <param name="Wanted">fid, auto or none.</param>
/// <param name="Official">Names of official metrics as given; empty: there are none.</param>
internal sealed partial record MetricChoice(string Wanted, IReadOnlyList<string> Official)
{
    internal const string None = "none";
    internal const string Auto = "auto";
    internal const string Fid = "fid";

    /// <summary>Reads the choice.</summary>
    /// <param name="text">As given.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>Null: the text is not a choice.</returns>
    internal static MetricChoice? Parse(string text, List<OptionProblem> problems)
    {
        string[] names =
        [
            .. text.ToLowerInvariant().Trim('[', ']').Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        ];
        if (names is [None or Auto or Fid])
        {
            return new MetricChoice(names[0], []);
        }

        string? unknown = names.FirstOrDefault(name => !FieldName().IsMatch(name));
        if (names.Length > 0 && unknown is null)
        {
            return new MetricChoice(Auto, names);
        }

        string detail = names.Length > 1 && unknown is not null ? $"; '{unknown}' is not one of them" : "";
        problems.Add(Problems.Of(
            Names.Metrics, text,
            $"expected auto, fid, none, or names of official metrics such as fid50k_full and kid50k_full{detail}"));
        return null;
    }

    /// <summary>What is measured in the place of the field's metrics, as one sentence; null: just what was asked for.</summary>
    /// <param name="hasDetector">Whether there is a feature network.</param>
    /// <param name="samples">Generated images of the distance.</param>
    internal OptionText? Notice(bool hasDetector, int samples)
    {
        if (Official.Count == 0)
        {
            return null;
        }

        string asked = string.Join(",", Official);
        if (!hasDetector)
        {
            return $"{Names.Metrics} {asked}: nothing is measured, because distances need a feature "
                + $"network: give {Names.Detector}.";
        }

        string others = Official.All(n => Samples(n) is not null) ? "" : ", the only metric of a training run";
        if (Official.Count == 1 && Samples(Official[0]) == samples)
        {
            return null;
        }

        return $"{Names.Metrics} {asked}: measured is the Frechet distance of {samples} generated images "
            + $"({Names.MetricSamples}){others}.";
    }

    // Images of a Frechet distance's name; null: another metric.
    private static int? Samples(string name) => Distance().Match(name) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        ? count * (match.Groups[2].Length > 0 ? 1000 : 1) : null;

    [GeneratedRegex(@"^(?:fid|frechet)(\d{1,6})(k?)(?:_full)?$")]
    private static partial Regex Distance();

    // Names of the metrics of ProGAN, StyleGAN, StyleGAN2, -ADA and StyleGAN3.
    [GeneratedRegex(@"^(?:(?:fid|frechet|kid|is|swd|msssim)\d+k?(?:_full)?|pr\d+k3(?:_full)?|ppl_?[a-z0-9_]+|ppl2_wend|ls|eq[tr]\d+k(?:_int|_frac)?)$")]
    private static partial Regex FieldName();
}
