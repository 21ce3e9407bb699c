using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Options;

/// <summary>What precisions are called on the command line.</summary>
internal static class PrecisionNames
{
    /// <summary>The name of one.</summary>
    internal static string Of(Precision precision) => precision == Precision.Fast ? "fast" : "float32";

    /// <summary>The precision of a name.</summary>
    /// <exception cref="UserException">There is none of it.</exception>
    internal static Precision Parse(string name) => name.ToLowerInvariant() switch
    {
        "float32" or "fp32" or "f32" or "float" or "single" => Precision.Float32,
        "fast" => Precision.Fast,
        "bf16" or "bfloat16" or "fp16" or "float16" or "half" or "mixed" or "amp" or "tf32" => throw new UserException(
            $"--precision {name}: formats are not chosen one by one; write fast for 16 bits where the processor or the GPU has "
                + $"instructions for them, or float32."),
        _ => throw new UserException($"--precision {name}: expected float32 (also fp32) or fast."),
    };
}
