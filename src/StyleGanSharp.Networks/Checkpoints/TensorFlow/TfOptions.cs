using System.Collections.Immutable;
using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Ops.Bias;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Reads the options that a network of the time before PyTorch was built with. Files hold only the options that were given; the
/// default of the rest is the caller's knowledge.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The network, for messages.</param>
/// <param name="record">The network.</param>
internal sealed class TfOptions(string path, string name, TfNetworkRecord record)
    : OptionReader(path, name, option => record.StaticKwargs.GetValueOrDefault(option))
{
    internal const int MaxFeatures = 1 << 16;
    internal const int MaxLayers = 64;

    private const int MaxResolution = 1 << 13;

    private readonly (string Path, string Name) place = (path, name);

    internal string Path => place.Path;

    internal string Name => place.Name;

    internal TfNetworkRecord Record => record;

    /// <summary>Whether an option was given; None is given, too.</summary>
    internal bool Has(string option) => record.StaticKwargs.ContainsKey(option);

    /// <summary>An option as it stands; null where it is absent or None.</summary>
    internal object? Find(string option) => record.StaticKwargs.GetValueOrDefault(option);

    internal int Int(string option, int fallback, int min, int max) => OptionalInt(option, min, max) ?? fallback;

    internal double Double(string option, double fallback) => OptionalDouble(option) ?? fallback;

    /// <summary>The width and height of the images.</summary>
    internal int Resolution(int min)
    {
        int resolution = Int("resolution", 32, min, MaxResolution);
        return BitOperations.IsPow2(resolution)
            ? resolution : throw Error($"the resolution is {resolution}, expected a power of two");
    }

    internal Activation Activation(string option) => Text(option, "lrelu") switch
    {
        "lrelu" => Ops.Bias.Activation.LeakyRelu,
        "relu" => Ops.Bias.Activation.Relu,
        string other => throw Error($"the option '{option}' is {PickleText.Show(other)}, expected lrelu or relu"),
    };

    /// <summary>Taps of a filter, with one meaning for a missing option and one for None.</summary>
    internal ImmutableArray<double> Taps(string option, ImmutableArray<double> absent, ImmutableArray<double> none) =>
        !Has(option) ? absent : Numbers(option) is double[] taps ? [.. taps] : none;

    /// <summary>Refuses a network that was built with another value than the one this program knows how to run.</summary>
    internal void RequireFlag(string option, bool value)
    {
        if (Flag(option, value) != value)
        {
            throw Error($"the option '{option}' is {!value}, which this program cannot run");
        }
    }

    /// <summary>A network that this one is put together from.</summary>
    internal TfVariables Component(string role) => record.Components.TryGetValue(role, out TfNetworkRecord? found)
        ? new TfVariables(Path, $"{Name}.{role}", found)
        : throw Error($"the part '{role}' is missing");

    /// <summary>The network's own variables.</summary>
    internal TfVariables Variables() => new(Path, Name, record);
}
