using System.CommandLine;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Options;

/// <summary>
/// The options of every verb that makes images: network, truncation, noise, class, transform, precision, device.
/// </summary>
/// <param name="ownSeed">
/// Where the seed of random noise comes from, for the help page; null: the verb makes its own noise.
/// </param>
/// <param name="sweeps">Whether the verb makes the same images with several values of psi.</param>
internal sealed class ImageOptionGroup(string? ownSeed, bool sweeps = false) : IOptionGroup
{
    private readonly Option<string> network = SharedOptions.Network();
    private readonly TruncationOptions truncation = new(sweeps);
    private readonly NoiseOptions? noise = ownSeed is null ? null : new(ownSeed);
    private readonly Option<string?> classes = SharedOptions.Class();
    private readonly Option<string?> label = SharedOptions.Label();
    private readonly TransformOptions transform = new();
    private readonly PrecisionOptions precision = new();
    private readonly DeviceOptions device = new();

    public IEnumerable<Option> All =>
        [.. truncation.All, .. noise?.All ?? [], classes, label, .. transform.All, .. precision.All];

    /// <summary>The network comes first on a help page.</summary>
    internal Option<string> Network => network;

    /// <summary>The device comes last on a help page.</summary>
    internal void AddDevice(Command command) => device.AddTo(command);

    /// <summary>Sets what the options say about every image of a request.</summary>
    internal T Apply<T>(ParseResult parsed, T request)
        where T : GenerationRequest => (T)(request with
        {
            Truncation = truncation.Parse(parsed),
            Noise = noise?.Parse(parsed) ?? request.Noise,
            Class = parsed.GetValue(classes),
            Label = parsed.GetValue(label) is string numbers ? LabelVector.Parse(numbers, "label") : null,
            Transform = transform.Parse(parsed),
            Precision = precision.Parse(parsed),
        });

    /// <summary>The values of psi of a sweep; one: there is none.</summary>
    internal double[] Psis(ParseResult parsed) => truncation.Psis(parsed);

    /// <summary>What the user is told of these options; null: nothing.</summary>
    internal string? Notice(ParseResult parsed) => truncation.Notice(parsed);

    /// <summary>Where to compute.</summary>
    internal ComputeOptions Compute(ParseResult parsed) => device.Parse(parsed);
}
