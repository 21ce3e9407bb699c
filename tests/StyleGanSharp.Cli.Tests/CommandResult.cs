namespace StyleGanSharp.Cli.Tests;

/// <summary>What a command said by ending, on standard output and on standard error.</summary>
internal sealed record CommandResult(int Code, string Results, string Messages);
