namespace StyleGanSharp.Generation.Text;

/// <summary>Names that somebody may have meant.</summary>
public static class SimilarNames
{
    private const int MostNames = 6;

    /// <summary>The nearest names first: those that contain the text or differ from it by a few letters.</summary>
    public static string[] Of(string text, IEnumerable<string> names) =>
    [
        .. names
            .Select(name => (
                Name: name, Distance: name.Contains(text, StringComparison.OrdinalIgnoreCase)
                    ? 0 : Distance(text.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(n => n.Distance <= Math.Max(1, text.Length / 3))
            .OrderBy(n => n.Distance).ThenBy(n => n.Name.Length).ThenBy(n => n.Name, StringComparer.Ordinal)
            .Take(MostNames)
            .Select(n => n.Name),
    ];

    // Levenshtein: insertions, deletions and replacements.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[b.Length];
    }
}
