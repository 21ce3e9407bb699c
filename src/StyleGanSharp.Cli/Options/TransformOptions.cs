using System.CommandLine;
using System.Globalization;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--translate</c>, <c>--rotate</c> and <c>--scale</c>.</summary>
internal sealed class TransformOptions : IOptionGroup
{
    private readonly Option<string?> translate = new("--translate")
    {
        Description = "Move the image right and down, in image sizes (StyleGAN3 only).",
        HelpName = "X,Y",
    };
    private readonly Option<double?> rotate = new("--rotate")
    {
        Description = "Turn the image to the left about its middle (StyleGAN3 only).",
        HelpName = "DEGREES",
    };
    private readonly Option<double?> scale = new("--scale")
    {
        Description = "Enlarge the image about its middle (StyleGAN3 only).",
        HelpName = "FACTOR",
    };

    public IEnumerable<Option> All => [translate, rotate, scale];

    /// <returns>Null where none of the options is given: the network's own transform stays.</returns>
    /// <exception cref="RequestException">A shift is malformed.</exception>
    internal ImageTransform? Parse(ParseResult parsed)
    {
        (string? shift, double? degrees, double? factor) = (
            parsed.GetValue(translate), parsed.GetValue(rotate), parsed.GetValue(scale));
        if (shift is null && degrees is null && factor is null)
        {
            return null;
        }

        (double x, double y) = shift is null ? (0, 0) : Shift(shift);
        return new ImageTransform(x, y, degrees ?? 0, factor ?? 1);
    }

    private static (double X, double Y) Shift(string text)
    {
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryParse(parts[0], out double x) && TryParse(parts[1], out double y)
            ? (x, y)
            : throw new RequestException(
                "transform.translate",
                text,
                $"expected right,down in image sizes, for example "
                    + $"{(parts.Length == 4 ? $"{parts[0]}.{parts[1]},{parts[2]}.{parts[3]}" : "0.1,-0.05")}");
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
