namespace StyleGanSharp.Generation.Text;

/// <summary>
/// Texts from files and servers, made safe to show: they must not move a terminal's cursor or hide what was printed.
/// </summary>
public static class SafeText
{
    /// <summary>The text with every control character replaced.</summary>
    public static string Of(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
