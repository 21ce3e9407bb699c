using System.CommandLine;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--translate</c>, <c>--rotate</c> and <c>--scale</c>.</summary>
internal sealed class TransformOptions : IOptionGroup
{
    private readonly Option<string?> translate = new("--translate") { Description = "Move the picture right and down, in picture sizes (StyleGAN3 only).", HelpName = "X,Y" };
    private readonly Option<double?> rotate = new("--rotate") { Description = "Turn the picture to the left about its middle (StyleGAN3 only).", HelpName = "DEGREES" };
    private readonly Option<double?> scale = new("--scale") { Description = "Enlarge the picture about its middle (StyleGAN3 only).", HelpName = "FACTOR" };

    public IEnumerable<Option> All => [translate, rotate, scale];

    /// <returns>Null where none of the options is given: the network's own transform stays.</returns>
    /// <exception cref="UserException">A value is none.</exception>
    internal PictureTransform? Parse(ParseResult parsed) =>
        TransformChoice.Parse(parsed.GetValue(translate), parsed.GetValue(rotate), parsed.GetValue(scale));
}
