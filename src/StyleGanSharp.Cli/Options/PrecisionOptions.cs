using System.CommandLine;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--precision</c>, the same for every verb that computes.</summary>
internal sealed class PrecisionOptions : IOptionGroup
{
    private readonly Option<string> precision = new("--precision")
    {
        Description = "float32, or fast: 16 bits for the highest resolutions, where the processor or the GPU "
            + "has instructions for it.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "float32",
    };

    public IEnumerable<Option> All => [precision];

    /// <exception cref="UserException">The name is unknown.</exception>
    internal Precision Parse(ParseResult parsed) => PrecisionNames.Parse(parsed.GetValue(precision)!);
}
