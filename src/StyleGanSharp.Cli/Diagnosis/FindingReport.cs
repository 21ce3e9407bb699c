using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StyleGanSharp.Cli.Output;

using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>Findings for people and for programs.</summary>
internal static class FindingReport
{
    private const int Indent = 30;
    private const int Width = 100;

    private static readonly JsonWriterOptions Format =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether everything that the program needs is there.</summary>
    internal static bool IsUsable(IEnumerable<Finding> findings) => findings.All(f => f.State != FindingState.Missing);

    internal static void WriteText(TextWriter writer, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            string name = $"{finding.State.ToString().ToLowerInvariant(),-8} {finding.Name.Replace('_', ' ')}";
            PlainTable.WriteEntry(writer, name, SafeText.Of(finding.Value), Indent, Width);
            if (finding.Advice is string advice)
            {
                PlainTable.WriteEntry(writer, "", $"-> {SafeText.Of(advice)}", Indent, Width);
            }
        }

        int missing = findings.Count(f => f.State == FindingState.Missing);
        int warnings = findings.Count(f => f.State == FindingState.Warning);
        writer.WriteLine();
        writer.WriteLine(missing > 0 ? $"{missing} missing, {Warnings(warnings)}: install what is missing first."
            : warnings > 0 ? $"Everything required is there; {Warnings(warnings)}."
            : "Everything is there.");
    }

    /// <summary>
    /// The keys are stable: <c>usable</c>, and per finding <c>name</c>, <c>state</c>, <c>value</c>, <c>advice</c>.
    /// </summary>
    internal static string Json(IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteBoolean("usable", IsUsable(findings));
            json.WriteStartArray("findings");
            foreach (Finding finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("name", finding.Name);
                json.WriteString("state", finding.State.ToString().ToLowerInvariant());
                json.WriteString("value", finding.Value);
                json.WriteString("advice", finding.Advice);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Warnings(int count) => count == 1 ? "1 warning" : $"{count} warnings";
}
