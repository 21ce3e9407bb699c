using System.CommandLine;
using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Options;

/// <summary>The options of every verb that makes pictures: network, truncation, noise, class, transform, precision, device.</summary>
/// <param name="ownSeed">Where the seed of random noise comes from, for the help page; null: the verb makes its own noise.</param>
/// <param name="sweeps">Whether the verb makes the same pictures with several values of psi.</param>
internal sealed class PictureOptionGroup(string? ownSeed, bool sweeps = false) : IOptionGroup
{
    private readonly Option<string> network = SharedOptions.Network();
    private readonly TruncationOptions truncation = new(sweeps);
    private readonly NoiseOptions? noise = ownSeed is null ? null : new(ownSeed);
    private readonly Option<string?> label = SharedOptions.Class();
    private readonly TransformOptions transform = new();
    private readonly PrecisionOptions precision = new();
    private readonly DeviceOptions device = new();

    public IEnumerable<Option> All => [.. truncation.All, .. noise?.All ?? [], label, .. transform.All, .. precision.All];

    /// <summary>The network comes first on a help page.</summary>
    internal Option<string> Network => network;

    /// <summary>The device comes last on a help page.</summary>
    internal void AddDevice(Command command) => device.AddTo(command);

    internal PictureOptions Parse(ParseResult parsed) => new()
    {
        Network = parsed.GetValue(network)!,
        Truncation = truncation.Parse(parsed),
        Noise = noise?.Parse(parsed) ?? new NoiseChoice(),
        Class = parsed.GetValue(label),
        Transform = transform.Parse(parsed),
        Precision = precision.Parse(parsed),
    };

    /// <summary>The values of psi of a sweep; one: there is none.</summary>
    internal double[] Psis(ParseResult parsed) => truncation.Psis(parsed);

    /// <summary>What the user is told of these options; null: nothing.</summary>
    internal string? Notice(ParseResult parsed) => truncation.Notice(parsed);

    internal Func<Device> FindDevice(ParseResult parsed) => () => device.Apply(parsed);
}
