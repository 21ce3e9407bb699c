using System.Collections.Immutable;
using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Ops;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// Reads the options that a network of the time before PyTorch was built with, with errors that name file, network and option. Files
/// hold only the options that were given; the default of the rest is the caller's knowledge.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The network, for messages.</param>
/// <param name="record">The network.</param>
internal sealed class TfOptions(string path, string name, TfNetworkRecord record)
{
    internal const int MaxFeatures = 1 << 16;
    internal const int MaxLayers = 64;

    private const int MaxResolution = 1 << 13;
    private const int MaxTaps = 64;

    internal string Path => path;

    internal string Name => name;

    internal TfNetworkRecord Record => record;

    internal int Int(string option, int fallback, int min, int max) => OptionalInt(option, min, max) ?? fallback;

    internal int? OptionalInt(string option, int min, int max) => Find(option) switch
    {
        null => null,
        long number when number >= min && number <= max => (int)number,
        object value => throw Wrong(option, value, $"a whole number from {min} to {max}"),
    };

    /// <summary>The width and height of the pictures.</summary>
    internal int Resolution(int min)
    {
        int resolution = Int("resolution", 32, min, MaxResolution);
        return BitOperations.IsPow2(resolution) ? resolution : throw Wrong("resolution", (long)resolution, "a power of two");
    }

    internal double Double(string option, double fallback) => OptionalDouble(option) ?? fallback;

    internal double? OptionalDouble(string option) => Find(option) switch
    {
        null => null,
        long number => number,
        double number when double.IsFinite(number) => number,
        object value => throw Wrong(option, value, "a number"),
    };

    internal bool Flag(string option, bool fallback) => Find(option) switch
    {
        null => fallback,
        bool value => value,
        object value => throw Wrong(option, value, "True or False"),
    };

    internal string Text(string option, string fallback) => Find(option) switch
    {
        null => fallback,
        string value => value,
        object value => throw Wrong(option, value, "a text"),
    };

    /// <summary>The value as it stands; null where it is absent or None.</summary>
    internal object? Find(string option) => record.StaticKwargs.GetValueOrDefault(option);

    internal bool Has(string option) => record.StaticKwargs.ContainsKey(option);

    internal Activation Activation(string option)
    {
        string text = Text(option, "lrelu");
        return text switch
        {
            "lrelu" => Ops.Activation.LeakyRelu,
            "relu" => Ops.Activation.Relu,
            _ => throw Wrong(option, text, "lrelu or relu"),
        };
    }

    /// <summary>Taps of a filter: None or absent is the fallback's business.</summary>
    internal ImmutableArray<double> Taps(string option, ImmutableArray<double> absent, ImmutableArray<double> none)
    {
        if (!Has(option))
        {
            return absent;
        }

        if (Find(option) is not object value)
        {
            return none;
        }

        double[] taps = value is object?[] items && items.Length is > 0 and <= MaxTaps
            ? Array.ConvertAll(items, item => item is long number ? number : item as double? ?? double.NaN)
            : [double.NaN];
        return taps.All(double.IsFinite) ? [.. taps] : throw Wrong(option, value, "a list of numbers");
    }

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
        ? new TfVariables(path, $"{name}.{role}", found)
        : throw Error($"the part '{role}' is missing");

    /// <summary>The network's own variables.</summary>
    internal TfVariables Variables() => new(path, name, record);

    internal SnapshotException Error(string problem) => new(path, $"in {name}, {problem}.");

    private static string Describe(object value) => value switch
    {
        string text => PickleText.Show(text),
        bool or long or double => $"{value}",
        object?[] => "a list",
        _ => "a dictionary",
    };

    private SnapshotException Wrong(string option, object value, string expected) =>
        Error($"the option '{option}' is {Describe(value)}, expected {expected}");
}
