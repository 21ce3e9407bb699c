namespace StyleGanSharp.Cli.Output;

/// <summary>Texts from files, made fit for a terminal: a file must not move the cursor or hide what was printed.</summary>
internal static class SafeText
{
    internal static string Of(string text) => string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
