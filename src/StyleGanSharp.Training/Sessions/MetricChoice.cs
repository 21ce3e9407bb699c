using System.Globalization;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Metrics;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Sessions;

/// <summary>What a run measures: fid, auto or none; or metrics by their names.</summary>
/// <param name="Wanted">fid, auto or none; by name: auto.</param>
/// <param name="Names">Names of metrics as given; empty: there are none.</param>
internal sealed record MetricChoice(string Wanted, IReadOnlyList<string> Names)
{
    internal const string None = "none";
    internal const string Auto = "auto";
    internal const string Fid = "fid";

    /// <summary>Images of a distance whose number was not given.</summary>
    internal const int DefaultSamples = 5000;

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

        string? unknown = names.FirstOrDefault(name => MetricCatalog.Find(name) is null);
        if (names.Length > 0 && unknown is null)
        {
            return new MetricChoice(Auto, [.. names.Distinct()]);
        }

        string detail = names.Length > 1 && unknown is not null ? $"; '{unknown}' is not one of them" : "";
        problems.Add(Problems.Of(
            Options.Names.Metrics, text,
            $"expected auto, fid, none, or names of metrics such as fid5k_full and pr5k3_full{detail}"));
        return null;
    }

    /// <summary>The metrics.</summary>
    /// <param name="hasDetector">Whether a feature network was given: only then a run measures without having been asked.</param>
    /// <param name="samples">Images of a distance; null: the default.</param>
    internal IReadOnlyList<IMetric> Metrics(bool hasDetector, int? samples)
    {
        if (Names.Count > 0)
        {
            return [.. Names.Select(name => MetricCatalog.Find(name)!)];
        }

        int count = samples ?? DefaultSamples;
        string number = count % 1000 == 0
            ? $"{count / 1000}k" : count.ToString(CultureInfo.InvariantCulture);
        return Wanted == Fid || (Wanted == Auto && hasDetector) ? [MetricCatalog.Find($"fid{number}")!] : [];
    }
}
