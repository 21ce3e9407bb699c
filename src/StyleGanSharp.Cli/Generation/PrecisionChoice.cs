using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Brings the precision that was asked for together with what network, device and processor can do.</summary>
internal static class PrecisionChoice
{
    /// <summary>Sets the precision where it helps.</summary>
    /// <returns>What to tell the user; null: everything is as asked.</returns>
    internal static string? Apply(Precision wanted, IGenerator generator, Device device)
    {
        if (wanted == Precision.Float32)
        {
            return null;
        }

        if (generator is not IReducedPrecision network)
        {
            return "--precision fast: networks of this generation have no faster form; float32 is used.";
        }

        if (Obstacle(wanted, device) is string obstacle)
        {
            return $"--precision fast: {obstacle}; float32 is used.";
        }

        network.Precision = wanted;
        return null;
    }

    /// <summary>Why this precision is of no use here; null: it is.</summary>
    internal static string? Obstacle(Precision wanted, Device device) =>
        wanted == Precision.Float32 ? null
        : device.Type != DeviceType.Cpu ? $"there is no faster form on {device} yet"
        : !FastPrecision.IsUsed ? "this processor has no bfloat16 instructions (AVX512_BF16 or AMX_BF16), without which it would be slower"
        : null;
}
