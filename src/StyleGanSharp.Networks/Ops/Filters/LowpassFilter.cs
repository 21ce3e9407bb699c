using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>
/// Design of the low-pass filters between the layers of an alias-free generator, by the Kaiser window. Source: Karras et al.,
/// "Alias-Free Generative Adversarial Networks" (2021), section 3 and appendix C; Kaiser, "Nonrecursive digital filter design
/// using the I0-sinh window function" (1974).
/// </summary>
public static class LowpassFilter
{
    /// <summary>A filter as a network keeps it.</summary>
    /// <param name="taps">Number of taps along each axis; 1: none.</param>
    /// <param name="cutoff">Frequency at which the amplitude is halved.</param>
    /// <param name="width">Whole width of the transition band, in units of the cutoff.</param>
    /// <param name="samplingRate">Sampling rate that the filter runs at, in units of the cutoff.</param>
    /// <param name="radial">The same response in every direction instead of along the two axes.</param>
    /// <returns>[taps] of a separable or [taps, taps] of a radial filter, float32, sum 1; null: nothing to filter.</returns>
    public static Tensor? Create(int taps, double cutoff, double width, double samplingRate, bool radial) =>
        taps == 1 ? null
        : radial ? ToTensor(Radial(taps, cutoff, width, samplingRate), [taps, taps])
        : ToTensor(Separable(taps, cutoff, width, samplingRate), [taps]);

    /// <summary>Taps to be applied along both axes: a windowed sinc of sum 1.</summary>
    /// <inheritdoc cref="Create"/>
    public static double[] Separable(int taps, double cutoff, double width, double samplingRate)
    {
        double[] h = Window(taps, width, samplingRate);
        double c = cutoff / (samplingRate / 2);
        for (int k = 0; k < taps; k++)
        {
            h[k] *= c * Sinc(c * (k - ((taps - 1) / 2.0)));
        }

        return Normalized(h);
    }

    /// <summary>Taps of a rotationally symmetric filter: a windowed jinc of sum 1, row by row.</summary>
    /// <inheritdoc cref="Create"/>
    public static double[] Radial(int taps, double cutoff, double width, double samplingRate)
    {
        double[] window = Window(taps, width, samplingRate);
        var h = new double[taps * taps];
        for (int y = 0; y < taps; y++)
        {
            for (int x = 0; x < taps; x++)
            {
                double r = double.Hypot(y - ((taps - 1) / 2.0), x - ((taps - 1) / 2.0)) / samplingRate;
                double jinc = r == 0 ? cutoff : Bessel.J1(2 * Math.PI * cutoff * r) / (Math.PI * r);
                h[(y * taps) + x] = jinc * window[y] * window[x];
            }
        }

        return Normalized(h);
    }

    // Kaiser's empirical formulas: the attenuation that so many taps reach over the transition band, and the window that does it.
    private static double[] Window(int taps, double width, double samplingRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(taps, 2);
        double attenuation = (2.285 * (taps - 1) * Math.PI * (width / (samplingRate / 2))) + 7.95;
        double beta = attenuation > 50 ? 0.1102 * (attenuation - 8.7)
            : attenuation > 21 ? (0.5842 * Math.Pow(attenuation - 21, 0.4)) + (0.07886 * (attenuation - 21))
            : 0;
        var window = new double[taps];
        for (int k = 0; k < taps; k++)
        {
            double place = (2.0 * k / (taps - 1)) - 1;
            window[k] = Bessel.I0(beta * Math.Sqrt(1 - (place * place))) / Bessel.I0(beta);
        }

        return window;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double[] Normalized(double[] h)
    {
        double sum = h.Sum();
        return Array.ConvertAll(h, tap => tap / sum);
    }

    private static Tensor ToTensor(double[] taps, ReadOnlySpan<long> shape) =>
        Tensor.From(Array.ConvertAll(taps, tap => (float)tap), shape);
}
