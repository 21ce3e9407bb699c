using System.CommandLine;

namespace StyleGanSharp.Cli.Options;

/// <summary>Options that several verbs share.</summary>
internal interface IOptionGroup
{
    /// <summary>The options, in the order of the help page.</summary>
    IEnumerable<Option> All { get; }
}
