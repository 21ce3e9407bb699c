using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Options;

/// <summary>What precisions are called on the command line.</summary>
internal static class PrecisionNames
{
    /// <summary>The name of one.</summary>
    internal static string Of(Precision precision) => precision == Precision.Fast ? "fast" : "float32";

    /// <summary>The precision of a name.</summary>
    /// <exception cref="UserException">There is none of it.</exception>
    internal static Precision Parse(string name) => name switch
    {
        "float32" => Precision.Float32,
        "fast" => Precision.Fast,
        _ => throw new UserException($"--precision {name}: expected float32 or fast."),
    };
}
