using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>Resampling by whole boxes of pixels. Source: Karras et al. (2018), appendix A.</summary>
public static class Boxes
{
    /// <summary>Repeats every pixel.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="factor">At least 1.</param>
    /// <returns>[N, C, H·factor, W·factor].</returns>
    public static Tensor Repeat(Tensor x, int factor = 2)
    {
        if (factor == 1)
        {
            return x.Alias();
        }

        using var scope = new TensorScope();
        (long n, long c, long h, long w) = (x.Size(0), x.Size(1), x.Size(2), x.Size(3));
        return scope.Keep(x.Reshape(n, c, h, 1, w, 1).Expand(n, c, h, factor, w, factor).Reshape(n, c, h * factor, w * factor));
    }

    /// <summary>Averages boxes.</summary>
    /// <param name="x">[N, C, H, W] floating point, H and W multiples of the factor.</param>
    /// <param name="factor">At least 1.</param>
    /// <returns>[N, C, H/factor, W/factor].</returns>
    public static Tensor Average(Tensor x, int factor = 2)
    {
        if (factor == 1)
        {
            return x.Alias();
        }

        using var scope = new TensorScope();
        return scope.Keep(x.Reshape(x.Size(0), x.Size(1), x.Size(2) / factor, factor, x.Size(3) / factor, factor).Mean([3, 5]));
    }
}
