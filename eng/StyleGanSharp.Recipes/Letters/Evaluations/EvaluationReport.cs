using System.Text.Json;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>An evaluation as JSON or as a table.</summary>
internal static class EvaluationReport
{
    private const double WantedRecognition = 0.85;
    private const double WantedVariety = 0.7;

    private static readonly JsonWriterOptions Layout = new() { Indented = true };

    internal static void WriteJson(TextWriter output, LetterEvaluation e)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteString("network", e.Network);
            json.WriteNumber("letters_per_class", e.PerClass);
            json.WriteStartObject("recognition");
            Number(json, "psi_0.7", e.Recognition07);
            Number(json, "psi_1", e.Recognition1);
            Number(json, "real", e.RecognitionReal);
            json.WriteEndObject();
            Number(json, "variety_psi_1", e.Variety);
            json.WriteStartObject("frechet");
            Number(json, "generated_psi_1", e.Frechet);
            Number(json, "real_halves", e.FrechetRealHalves);
            json.WriteNumber("letters", e.FrechetLetters);
            json.WriteEndObject();
            json.WriteStartArray("classes");
            foreach (ClassEvaluation c in e.Classes)
            {
                json.WriteStartObject();
                json.WriteString("name", c.Name);
                Number(json, "recognition_psi_0.7", c.Recognition07);
                Number(json, "recognition_psi_1", c.Recognition1);
                Number(json, "variety_psi_1", c.Variety);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    internal static void WriteTable(TextWriter output, LetterEvaluation e)
    {
        output.WriteLine("class      recognised psi 0.7   psi 1     variety psi 1");
        foreach (ClassEvaluation c in e.Classes)
        {
            output.WriteLine($"{c.Name,-10} {c.Recognition07,18:P1} {c.Recognition1,7:P1} {c.Variety,17:P1}");
        }

        output.WriteLine($"{"all",-10} {e.Recognition07,18:P1} {e.Recognition1,7:P1} {e.Variety,17:P1}");
        output.WriteLine($"wanted     {WantedRecognition,18:P1} {"",7} {WantedVariety,17:P1}");
        output.WriteLine($"Real letters recognised: {e.RecognitionReal:P1}.");
        output.WriteLine(
            $"Frechet distance of {e.FrechetLetters} generated letters (psi 1): {e.Frechet:0.000}; "
                + $"of two halves of the real ones: {e.FrechetRealHalves:0.000}.");
    }

    // JSON has no infinity, which the variety over real letters that are all the same is.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, Math.Round(value, 6));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
