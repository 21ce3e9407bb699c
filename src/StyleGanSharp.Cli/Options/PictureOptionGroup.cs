using System.CommandLine;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Options;

/// <summary>The options of every verb that makes pictures of seeds: network, truncation, noise, class, device.</summary>
/// <param name="ownSeed">Where the seed of random noise comes from, for the help page.</param>
internal sealed class PictureOptionGroup(string ownSeed) : IOptionGroup
{
    private readonly Option<string> network = SharedOptions.Network();
    private readonly TruncationOptions truncation = new();
    private readonly NoiseOptions noise = new(ownSeed);
    private readonly Option<string?> label = SharedOptions.Class();
    private readonly DeviceOptions device = new();

    public IEnumerable<Option> All => [.. truncation.All, .. noise.All, label];

    /// <summary>The network comes first on a help page.</summary>
    internal Option<string> Network => network;

    /// <summary>The device comes last on a help page.</summary>
    internal void AddDevice(Command command) => device.AddTo(command);

    internal PictureOptions Parse(ParseResult parsed) => new()
    {
        Network = parsed.GetValue(network)!,
        Truncation = truncation.Parse(parsed),
        Noise = noise.Parse(parsed),
        Class = parsed.GetValue(label),
    };

    internal Func<Device> FindDevice(ParseResult parsed) => () => device.Apply(parsed);
}
