using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Where a growing network stands: 0 is the full resolution, each whole step halves it, and between two steps both are blended.
/// Source: Karras et al. (2018), section 2 and figure 2.
/// </summary>
/// <param name="First">The finest level that takes part.</param>
/// <param name="Fade">Share of the next coarser level, 0 up to but not 1.</param>
internal readonly record struct LevelOfDetail(int First, double Fade)
{
    /// <summary>Width and height of the coarsest level.</summary>
    public const int LastResolution = 4;

    /// <summary>Pixels of the full resolution along one of the first level.</summary>
    public int Factor => 1 << First;

    /// <summary>Splits a number.</summary>
    /// <param name="lod">At least 0; beyond the coarsest level nothing changes.</param>
    /// <param name="levels">Number of levels.</param>
    public static LevelOfDetail Of(double lod, int levels)
    {
        int first = (int)Math.Min(Math.Floor(lod), levels - 1);
        return new LevelOfDetail(first, first == levels - 1 ? 0 : lod - first);
    }

    /// <summary>The resolutions from the finest to 4.</summary>
    public static IEnumerable<int> Resolutions(int resolution)
    {
        for (int r = resolution; r >= LastResolution; r /= 2)
        {
            yield return r;
        }
    }

    /// <summary>The number stored with a network.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite, so the file is damaged.</exception>
    public static double Read(Tensor buffer)
    {
        using var scope = new TensorScope();
        double lod = buffer.To(Device.Cpu).ToArray<float>()[0];
        return lod >= 0 && double.IsFinite(lod)
            ? lod
            : throw new ArgumentException(FormattableString.Invariant($"The level of detail is {lod}, expected a number from 0."), nameof(buffer));
    }

    /// <summary>Stores another number.</summary>
    public static void Write(Tensor buffer, double lod)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lod);
        if (!double.IsFinite(lod))
        {
            throw new ArgumentOutOfRangeException(nameof(lod), lod, "Expected a finite number.");
        }

        buffer.FillInPlace(lod);
    }
}
