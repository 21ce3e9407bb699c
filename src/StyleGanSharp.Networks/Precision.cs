namespace StyleGanSharp.Networks;

/// <summary>How exactly convolutions are computed.</summary>
public enum Precision
{
    /// <summary>float32 throughout: the results that every other implementation gives.</summary>
    Float32,

    /// <summary>
    /// The convolutions of the highest resolutions read bfloat16, and add up in float32; everything else stays float32. Images
    /// are at least 40 dB (peak signal to noise) from those of float32; gradients are computed in the same way. Worth it on
    /// processors with instructions for it, see <see cref="FastPrecision"/>. On CUDA devices, where nothing is recorded, those
    /// resolutions keep their features in 16 bits from layer to layer, too: see <see cref="CudaPrecision"/>.
    /// </summary>
    Fast,
}
