using System.Globalization;
using System.Text.RegularExpressions;

namespace StyleGanSharp.Networks.Tests;

/// <summary>A key that ends in the truncation of its numbers, e.g. <c>ws/psi0.5_cut4</c>.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Psi">Factor.</param>
/// <param name="Cutoff">Layers that are truncated; null: all.</param>
internal sealed partial record TruncationKey(string Key, double Psi, int? Cutoff)
{
    /// <summary>The keys below a prefix that name a truncation.</summary>
    public static IEnumerable<TruncationKey> Below(IEnumerable<string> keys, string prefix) => keys
        .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key => (Key: key, Match: Form().Match(key[prefix.Length..])))
        .Where(found => found.Match.Success)
        .Select(found => new TruncationKey(
            found.Key,
            double.Parse(found.Match.Groups["psi"].Value, CultureInfo.InvariantCulture),
            found.Match.Groups["cut"].Success ? int.Parse(found.Match.Groups["cut"].Value, CultureInfo.InvariantCulture) : null))
        .ToList();

    [GeneratedRegex(@"^psi(?<psi>-?\d+(?:\.\d+)?)(?:_cut(?<cut>\d+))?$")]
    private static partial Regex Form();
}
