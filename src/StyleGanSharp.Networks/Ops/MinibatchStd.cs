using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops;

/// <summary>
/// Minibatch standard deviation: lets a discriminator see how much the images of a batch differ. Source: Karras et al.,
/// "Progressive Growing of GANs" (2018), section 3.
/// </summary>
public static class MinibatchStd
{
    /// <summary>Keeps the square root differentiable where all samples agree.</summary>
    public const double Epsilon = 1e-8;

    /// <summary>The statistic's channels, to be appended to the features.</summary>
    /// <param name="x">Features, [N, C, H, W].</param>
    /// <param name="groupSize">
    /// Samples that are compared; null: the whole batch. At most N, and N must be a multiple of it. Groups are strided: with n =
    /// N / groupSize groups, group m holds samples m, m + n, m + 2n, ...
    /// </param>
    /// <param name="channels">
    /// Number of statistic channels F; C must be a multiple of it. Each averages one block of C/F channels.
    /// </param>
    /// <returns>[N, F, H, W], constant over H and W.</returns>
    /// <exception cref="ShapeException">Group size or channels do not divide the sizes of <paramref name="x"/>.</exception>
    public static Tensor Apply(Tensor x, int? groupSize, int channels = 1)
    {
        Shape.Require(x, [null, null, null, null]);
        using var scope = new TensorScope();
        long n = x.Size(0), c = x.Size(1), h = x.Size(2), w = x.Size(3);
        long group = Math.Min(groupSize ?? n, n);
        if (n % group != 0 || c % channels != 0)
        {
            throw new ShapeException(
                $"groups of {group} samples and {channels} channels do not divide the shape {Shape.Format(x.Shape)}", nameof(x));
        }

        Tensor y = x.Reshape(group, n / group, channels, c / channels, h, w); // [G, n, F, c, H, W]
        y = y - y.Mean([0], keepDim: true);
        y = (y.Square().Mean([0]) + Epsilon).Sqrt();                          // [n, F, c, H, W] (biased)
        y = y.Mean([2, 3, 4]).Reshape(-1, channels, 1, 1);                    // [n, F, 1, 1]
        return scope.Keep(y.Repeat(group, 1, h, w));                          // [N, F, H, W]
    }
}
