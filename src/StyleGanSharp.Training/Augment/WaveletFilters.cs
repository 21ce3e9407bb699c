namespace StyleGanSharp.Training.Augment;

/// <summary>
/// The low-pass of the warp and the filter bank of the image filter, both made of symlets. Source: Karras et al., "Training
/// Generative Adversarial Networks with Limited Data" (2020), appendix B; Daubechies, "Ten Lectures on Wavelets" (1992), section
/// 8.1.
/// </summary>
internal static class WaveletFilters
{
    /// <summary>Bands of the bank.</summary>
    internal const int Bands = 4;

    private static readonly double[] Sym2 = [-0.12940952255092145, 0.22414386804185735, 0.836516303737469, 0.48296291314469025];

    private static readonly double[] Sym6 =
    [
        0.015404109327027373, 0.0034907120842174702, -0.11799011114819057, -0.048311742585633, 0.4910559419267466,
        0.787641141030194,
        0.3379294217276218, -0.07263752278646252, -0.021060292512300564, 0.04472490177066578, 0.0017677118642428036,
        -0.007800708325034148,
    ];

    /// <summary>12 taps, sum 1. Its products with itself, moved by even amounts, vanish: what is upsampled with it and
    /// downsampled with
    /// its reverse comes back as it was.</summary>
    internal static double[] LowPass { get; } = Array.ConvertAll(Sym6, tap => tap / Sym6.Sum());

    /// <summary>
    /// Symmetric filters of 43 taps for the bands, from the lowest frequencies to the highest; their sum is an impulse.
    /// </summary>
    internal static double[][] Bank { get; } = MakeBank();

    private static double[][] MakeBank()
    {
        double[] alternating = [.. Sym2.Select((tap, i) => i % 2 == 0 ? tap : -tap)];
        double[] low = HalfAutocorrelation(Sym2), high = HalfAutocorrelation(alternating);
        double[][] bank = [[1], [0], [0], [0]];
        for (int band = 1; band < Bands; band++)
        {
            bank = Array.ConvertAll(bank, row => Convolve(Spread(row), low));
            int start = (bank[band].Length - high.Length) / 2;
            for (int i = 0; i < high.Length; i++)
            {
                bank[band][start + i] += high[i];
            }
        }

        return bank;
    }

    private static double[] HalfAutocorrelation(double[] taps) => Convolve(taps, [.. taps.Reverse().Select(tap => tap / 2)]);

    // A zero between every two taps.
    private static double[] Spread(double[] taps)
    {
        var result = new double[(2 * taps.Length) - 1];
        for (int i = 0; i < taps.Length; i++)
        {
            result[2 * i] = taps[i];
        }

        return result;
    }

    private static double[] Convolve(double[] a, double[] b)
    {
        var result = new double[a.Length + b.Length - 1];
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = 0; j < b.Length; j++)
            {
                result[i + j] += a[i] * b[j];
            }
        }

        return result;
    }
}
