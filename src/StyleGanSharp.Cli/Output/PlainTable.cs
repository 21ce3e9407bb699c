namespace StyleGanSharp.Cli.Output;

/// <summary>Columns aligned by spaces, the same on every terminal and in every file.</summary>
internal static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>Writes rows; the first one holds the headings.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="rows">Cells, equally many in each row.</param>
    /// <param name="rightAligned">Columns of numbers.</param>
    internal static void Write(TextWriter writer, IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select(
                (cell, i) => rightAligned.Contains(i) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            writer.WriteLine(string.Join(Gap, cells).TrimEnd());
        }
    }

    /// <summary>
    /// Writes a name and a text that is broken into lines of at most <paramref name="width"/> columns beside it.
    /// </summary>
    internal static void WriteEntry(TextWriter writer, string name, string text, int indent, int width)
    {
        string line = name.PadRight(indent);
        bool empty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                writer.WriteLine(line.TrimEnd());
                (line, empty) = (new string(' ', indent), true);
            }

            line += empty ? word : $" {word}";
            empty = false;
        }

        writer.WriteLine(line.TrimEnd());
    }
}
