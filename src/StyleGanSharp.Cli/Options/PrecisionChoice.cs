using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Options;

/// <summary>Brings the precision that was asked for together with what network, device and processor can do.</summary>
internal static class PrecisionChoice
{
    /// <summary>Sets the precision where it helps.</summary>
    /// <returns>What to tell the user; null: everything is as asked.</returns>
    internal static string? Apply(Precision wanted, IGenerator generator, Device device)
    {
        if (Obstacle(wanted, device, generator) is string obstacle)
        {
            return $"--precision fast: {obstacle}; float32 is used.";
        }

        if (generator is IReducedPrecision network)
        {
            network.Precision = wanted;
        }

        return null;
    }

    /// <summary>Refuses a precision that is of no use here, where float32 in its place would be another result.</summary>
    /// <exception cref="UserException">It is of no use.</exception>
    internal static void Require(Precision wanted, Device device, IGenerator? generator = null, bool isTraining = false)
    {
        if (Obstacle(wanted, device, generator, isTraining) is string obstacle)
        {
            throw new UserException($"--precision fast: {obstacle}; leave it out.");
        }
    }

    /// <summary>Why a precision is of no use here; null: it is.</summary>
    internal static string? Obstacle(Precision wanted, Device device, IGenerator? generator = null, bool isTraining = false) =>
        wanted == Precision.Float32 ? null
        : generator is not (null or IReducedPrecision) ? "networks of this generation have no faster form"
        : device.Type == DeviceType.Cuda ? CudaPrecision.Obstacle(device, isTraining)
        : !FastPrecision.IsUsed ? "this processor has no bfloat16 instructions (AVX512_BF16 or AMX_BF16), without which it would be slower"
        : null;
}
