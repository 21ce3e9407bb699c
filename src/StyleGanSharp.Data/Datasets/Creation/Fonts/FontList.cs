using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>Asks fontconfig's programs which fonts there are.</summary>
internal static class FontList
{
    private const string Format =
        "%{family[0]}\\t%{file}\\t%{weight}\\t%{slant}\\t%{width}\\t%{symbol}\\t%{color}\\t%{variable}\\t%{charset}\\n";

    /// <summary>All faces, sorted by family, weight, slant and width; one for each of these.</summary>
    /// <param name="folder">Only the fonts below this folder; null = the installed ones.</param>
    /// <exception cref="DatasetException">fontconfig is missing, or the folder is.</exception>
    public static FontFace[] Read(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new DatasetException(folder, $"{folder} is not a folder of fonts.");
        }

        string[] lines = Run(
            folder is null ? "fc-list" : "fc-scan", ["--format", Format, .. folder is null ? [":"] : new[] { folder }]);
        FontFace[] faces = [.. lines.Select(Parse).OfType<FontFace>()];

        // Of several widths or files of one style the one nearest to normal is kept.
        return [.. faces
            .OrderBy(f => Math.Abs(f.Width - 100)).ThenBy(f => f.File, StringComparer.Ordinal)
            .DistinctBy(f => (f.Family, f.Weight, f.Slant))
            .OrderBy(f => f.Family, StringComparer.Ordinal).ThenBy(f => f.Weight).ThenBy(f => f.Slant)];
    }

    private static FontFace? Parse(string line)
    {
        string[] fields = line.Split('\t');
        if (fields.Length != 9 || fields[0].Length == 0 || fields[0].Contains(',', StringComparison.Ordinal)
            || fields[7] == "True")
        {
            return null;   // A variable font's list of all its weights; the named ones follow on lines of their own.
        }

        return new FontFace(
            fields[0], fields[1], Number(fields[2], 80), Number(fields[3], 0), Number(fields[4], 100),
            fields[5] == "True", fields[6] == "True", fields[8]);
    }

    private static int Number(string text, int otherwise) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? (int)value : otherwise;

    private static string[] Run(string program, string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception exception)
        {
            throw new DatasetException(null, $"The program {program} was not found: install the package fontconfig.", exception);
        }
    }
}
