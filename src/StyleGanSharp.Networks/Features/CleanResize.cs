using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Resizing with an antialiased bicubic filter in floating point: the kernel grows with the factor when an image shrinks, nothing
/// is rounded or clipped between the two passes. Source: Parmar, Zhang, Zhu, "On Aliased Resizing and Surprising Subtleties in
/// GAN Evaluation" (2022), section 3, which recommends this filter of the Python library PIL; kernel: Keys, "Cubic Convolution
/// Interpolation for Digital Image Processing" (1981), equation 15, whose free parameter is -0.5.
/// </summary>
public static class CleanResize
{
    private const double Parameter = -0.5;
    private const double Radius = 2;

    /// <summary>Resizes images to a square.</summary>
    /// <param name="images">[N, C, H, W] in [0, 255], uint8 or floating point.</param>
    /// <param name="side">Height and width of the result.</param>
    /// <returns>float32 [N, C, side, side], clipped to [0, 255] at the end.</returns>
    /// <exception cref="ShapeException">There are not four dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="side"/> is not positive.</exception>
    public static Tensor To(Tensor images, int side)
    {
        Shape.Require(images, [null, null, null, null]);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        using var scope = new TensorScope();
        Tensor x = images.To(DType.Float32);
        if (x.Size(3) != side)
        {
            x = x.MatMul(Weights((int)x.Size(3), side).To(x.Device).Transpose(0, 1)); // [N, C, H, side]
        }

        if (x.Size(2) != side)
        {
            x = Weights((int)x.Size(2), side).To(x.Device).MatMul(x); // [N, C, side, side]
        }

        return scope.Keep(x.Clamp(0, 255));
    }

    // [output, input]; each row sums to one.
    private static Tensor Weights(int input, int output)
    {
        var weights = new float[output * input];
        double scale = (double)input / output;
        double stretch = Math.Max(scale, 1);
        double support = Radius * stretch;
        for (int i = 0; i < output; i++)
        {
            double center = (i + 0.5) * scale;
            int begin = Math.Max((int)(center - support + 0.5), 0);
            int end = Math.Min((int)(center + support + 0.5), input);
            double[] taps = [.. Enumerable.Range(begin, end - begin).Select(x => Cubic((x - center + 0.5) / stretch))];
            double sum = taps.Sum();
            for (int k = 0; k < taps.Length; k++)
            {
                weights[(i * input) + begin + k] = (float)(taps[k] / sum);
            }
        }

        return Tensor.From(weights, [output, input]);
    }

    private static double Cubic(double x)
    {
        x = Math.Abs(x);
        return x < 1 ? ((((Parameter + 2) * x) - (Parameter + 3)) * x * x) + 1
            : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * Parameter
            : 0;
    }
}
