using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection;

/// <summary>
/// Keeps optimised noise from carrying the image: noise must look like noise at every scale. Source: Karras et al. (2020),
/// appendix D, equation 9.
/// </summary>
public static class NoiseRegularization
{
    private const int SmallestSide = 8;

    /// <summary>
    /// Squared mean products of the noise with itself, shifted by one pixel in x and in y (wrapping around), added over a pyramid
    /// that is halved by averaging until its shorter side is at most 8 or odd.
    /// </summary>
    /// <param name="noise">[N, 1, H, W] float32.</param>
    /// <returns>[N] float32, not negative; differentiable.</returns>
    public static Tensor Of(Tensor noise)
    {
        Shape.Require(noise, [null, 1, null, null]);
        using var scope = new TensorScope();
        Tensor total = Correlation(noise, 3) + Correlation(noise, 2);
        while (Math.Min(noise.Size(2), noise.Size(3)) > SmallestSide && noise.Size(2) % 2 == 0 && noise.Size(3) % 2 == 0)
        {
            noise = Boxes.Average(noise);
            total = total + Correlation(noise, 3) + Correlation(noise, 2);
        }

        return scope.Keep(total);
    }

    /// <summary>Subtracts the mean and divides by the root mean square, for every image of noise by itself.</summary>
    /// <param name="noise">[N, 1, H, W] float32; changed in place.</param>
    public static void Normalize(Tensor noise)
    {
        Shape.Require(noise, [null, 1, null, null]);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        noise.SubInPlace(noise.Mean([1, 2, 3], keepDim: true));
        noise.MulInPlace(noise.Square().Mean([1, 2, 3], keepDim: true).RSqrt());
    }

    private static Tensor Correlation(Tensor noise, int dim)
    {
        long size = noise.Size(dim);
        Tensor shifted = Tensor.Cat([noise.Slice(dim, size - 1), noise.Slice(dim, 0, size - 1)], dim);
        return (noise * shifted).Mean([1, 2, 3]).Square();
    }
}
