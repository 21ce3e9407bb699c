namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// The size of a StyleGAN2 generator's images. Official networks are square and grow from a constant of 4x4; community programs
/// let it have another shape, and say so in options of their own. The stored constant decides; what the options claim has to fit
/// it.
/// </summary>
internal static class StyleGan2Size
{
    private const int First = 4;
    private const int MaxFirst = 1 << 6;

    /// <returns>The resolution by which blocks are named, and the size of the constant where it is not 4x4.</returns>
    /// <exception cref="SnapshotException">Constant, blocks, noise and options contradict each other.</exception>
    internal static (int Resolution, int? FirstWidth, int? FirstHeight) Read(ModuleOptions module, ModuleOptions synthesis)
    {
        ModuleOptions block = synthesis.Child("b4");
        IReadOnlyList<long> constant = block.Shape("const", 3);
        if (constant[1] == First && constant[2] == First)
        {
            int square = StyleGan2Reader.Resolution(module);
            RequireClaims(module, square, square);
            return (square, null, null);
        }

        if (constant[1] is < 1 or > MaxFirst || constant[2] is < 1 or > MaxFirst)
        {
            throw block.Error($"the constant is {constant[2]}x{constant[1]}, expected at most {MaxFirst}x{MaxFirst}");
        }

        int resolution = First;
        while (resolution < StyleGan2Reader.MaxResolution && synthesis.HasChild($"b{resolution * 2}"))
        {
            resolution *= 2;
        }

        long height = constant[1] * resolution / First, width = constant[2] * resolution / First;
        double[] claimed = module.NumberOrNumbers("img_resolution");
        bool fits = claimed.Length == 2
            ? (claimed[0] == height && claimed[1] == width) || (claimed[0] == width && claimed[1] == height)
            : claimed.Length == 1 && (claimed[0] == resolution || claimed[0] == Math.Max(width, height));
        if (!fits)
        {
            throw module.Error(
                $"the option 'img_resolution' is {string.Join(" x ", claimed)}, but the constant grows to {width}x{height}");
        }

        RequireClaims(module, width, height);
        return (resolution, (int)constant[2], (int)constant[1]);
    }

    private static void RequireClaims(ModuleOptions module, long width, long height)
    {
        foreach ((string option, long size) in new[] { ("resolution_w", width), ("resolution_h", height) })
        {
            int? claimed = module.OptionalInt(option, 1, int.MaxValue);
            if (claimed is int other && other != size)
            {
                throw module.Error($"the option '{option}' is {other}, but the stored tensors are of images of {width}x{height}");
            }
        }
    }
}
