using System.Globalization;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Numbers as texts hold them: a decimal point, never thousands separators.</summary>
internal static class Numbers
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>A finite number.</summary>
    /// <exception cref="RequestException">The part is not a number, or not a finite one.</exception>
    internal static double Finite(string property, string text, string part, string example) =>
        !double.TryParse(part, Real, CultureInfo.InvariantCulture, out double value)
            ? throw new RequestException(property, text, $"'{part}' is not a number; {example}{NumberTexts.ListHint(text)}")
        : double.IsFinite(value) ? value
        : throw new RequestException(property, text, "expected finite numbers");

    /// <summary>A whole number from 0.</summary>
    internal static bool TryWhole(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
