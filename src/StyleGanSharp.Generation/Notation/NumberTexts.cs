using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace StyleGanSharp.Generation.Notation;

/// <summary>
/// Numbers as people type them: the same in every country, with a decimal point and without thousands separators. 6,6 is refused
/// with the number that was meant, never read as 66.
/// </summary>
public static partial class NumberTexts
{
    /// <summary>A finite number.</summary>
    public static bool TryReal(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>How the number of a text is written here; null: it is not clear which one is meant.</summary>
    public static string? Suggestion(string text, bool isWhole)
    {
        string plain = Separators().Replace(text, "");
        int comma = plain.LastIndexOf(','), point = plain.LastIndexOf('.');
        string decimals = comma > point
            ? plain.Replace(".", "", StringComparison.Ordinal) : plain.Replace(",", "", StringComparison.Ordinal);
        string sign = comma > point ? "," : ".";
        bool isGrouped = decimals.Count(c => c == sign[0]) > 1;
        string number = isGrouped ? decimals.Replace(sign, "", StringComparison.Ordinal) : decimals.Replace(',', '.');
        bool isAmbiguous = comma > point && point < 0 && Grouped().IsMatch(decimals);
        string? thousand = isAmbiguous || isGrouped ? decimals.Replace(sign, "", StringComparison.Ordinal) : null;
        if (isWhole)
        {
            string whole = thousand ?? number;
            return whole != text
                && BigInteger.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? whole : null;
        }

        return number == text || !TryReal(number, out _) ? null : isAmbiguous ? $"{number}, or {thousand}" : number;
    }

    /// <summary>
    /// A list of numbers that have decimal commas, each behind one of some signs, as it is written here; null: it is something
    /// else.
    /// </summary>
    /// <param name="text">For example coarse=0,7,fine=1.</param>
    public static string? ListSuggestion(string text) =>
        CommaInList().Replace(text, "$1.$2") is var points && points != text ? points : null;

    /// <summary>What follows a sentence about such a list.</summary>
    public static string ListHint(string text) =>
        ListSuggestion(text) is string points ? $" (with decimal points: {points})" : "";

    /// <summary>Whether two numbers of a list look like one with a decimal comma, such as 0,7.</summary>
    public static bool IsLikelyOne(string text) => OneNumber().IsMatch(text);

    // Spaces of all widths, and what the Swiss and programmers write between thousands.
    [GeneratedRegex(@"[\s'’_]")]
    private static partial Regex Separators();

    // 1,000 may be a thousand or one; 0,016 is only one of them.
    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2},\d{3}$")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"([=:]\s*[+-]?\d+),(\d+)(?=\s*(,|$))")]
    private static partial Regex CommaInList();

    [GeneratedRegex(@"^\s*[+-]?\d+,(?!\s*[01]\s*$)\d+\s*$")]
    private static partial Regex OneNumber();
}
