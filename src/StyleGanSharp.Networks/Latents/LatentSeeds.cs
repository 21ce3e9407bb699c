using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Latents;

/// <summary>Latents from seeds, the same in every tool of the field: seed 42 shows the same image everywhere.</summary>
public static class LatentSeeds
{
    /// <summary>For each seed one row RandomState(seed).randn(1, zDim).</summary>
    /// <param name="seeds">Seeds, 0 to 2^32 - 1.</param>
    /// <param name="zDim">Size of the latents.</param>
    /// <returns>[seeds, zDim] float64, N(0,1).</returns>
    public static Tensor Draw(ReadOnlySpan<uint> seeds, int zDim)
    {
        var values = new double[seeds.Length * zDim];
        for (int i = 0; i < seeds.Length; i++)
        {
            new NumpyRandom(seeds[i]).RandN(zDim).CopyTo(values.AsSpan(i * zDim));
        }

        return Tensor.From(values, [seeds.Length, zDim]);
    }
}
