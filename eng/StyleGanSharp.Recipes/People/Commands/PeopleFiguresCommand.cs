using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.People.Evaluations;

namespace StyleGanSharp.Recipes.People.Commands;

/// <summary><c>recipes people figures</c>: the evaluation as tables for the model card.</summary>
internal static class PeopleFiguresCommand
{
    // What one looks at first; the file has all.
    private static readonly string[] Shown =
    [
        "yaw", "pitch", "smile", "mouth_open", "age", "gender", "skin_tone", "glasses", "beard", "hair_length", "hair_lightness",
    ];

    internal static Command Create(TextWriter results)
    {
        Option<string> source = CommandOptions.File("--evaluation", "Output of 'evaluate'.");
        var command = new Command("figures", "Print the tables of the model card from an evaluation.") { source };
        command.SetAction(parsed => results.Write(Tables(Read(parsed.GetValue(source)!))));
        return command;
    }

    internal static string Tables(PeopleEvaluation e)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder();
        text.Append(plain, $"""
            | what | value | beside it |
            |---|---|---|
            | Frechet distance, {e.Frechet.Samples} generated against as many real portraits, psi 1 | {e.Frechet.Generated:0} | untrained network {e.Frechet.Untrained:0} (1/{e.Frechet.Ratio:0.0}); halves of the real portraits {e.Frechet.RealHalves:0} |
            | precision (k = {e.Manifold.Neighbors}) | {e.Manifold.Precision:0.00} | halves of the real portraits {e.Manifold.RealHalvesPrecision:0.00} |
            | recall (k = {e.Manifold.Neighbors}) | {e.Manifold.Recall:0.00} | halves of the real portraits {e.Manifold.RealHalvesRecall:0.00} |
            | portraits nearer to a training portrait than 99 of 100 held-out renders | {100 * e.Neighbors.NearerThanHeldOut:0.0} % | 1 % by chance |

            | attribute | generated: mean, spread | real: mean, spread | spread kept | Kolmogorov-Smirnov |
            |---|---|---|---|---|

            """);
        foreach (string name in Shown.Where(e.Factors.ContainsKey))
        {
            FactorFigures f = e.Factors[name];
            text.Append(
                plain,
                $"| {name} | {f.GeneratedMean:0.00}, {f.GeneratedDeviation:0.00} | {f.RealMean:0.00}, {f.RealDeviation:0.00} "
                + $"| {100 * f.Spread:0} % | {f.KolmogorovSmirnov:0.00} |\n");
        }

        text.Append(plain, $"""

            | styles copied at | {Layers(e.Levels.Coarse)} (coarse) | {Layers(e.Levels.Middle)} (middle) | {Layers(e.Levels.Fine)} (fine) |
            |---|---|---|---|

            """);
        foreach ((string factor, double[] shares) in e.Levels.Shares)
        {
            text.Append(plain, $"| {factor} | {100 * shares[0]:0} % | {100 * shares[1]:0} % | {100 * shares[2]:0} % |\n");
        }

        return text.ToString();
    }

    private static PeopleEvaluation Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<PeopleEvaluation>(File.ReadAllBytes(path), EvaluatePeopleCommand.Layout)
                ?? throw new RecipeException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new RecipeException($"{path} is not an evaluation of the people model: {e.Message}");
        }
    }

    private static string Layers(int[] layers) => layers.Length == 1 ? $"w {layers[0]}" : $"w {layers[0]}-{layers[^1]}";
}
