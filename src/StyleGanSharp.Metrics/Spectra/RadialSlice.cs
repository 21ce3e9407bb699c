using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Spectra;

/// <summary>A power spectrum along one direction, for a plot.</summary>
/// <param name="Degrees">The direction: 0 for horizontal frequencies, 45 for the diagonal.</param>
/// <param name="Frequencies">In cycles a pixel, from 0 on: to 1/2 at 0 degrees, to √½ at 45.</param>
/// <param name="Decibels">The power at each frequency, 10 log10; minus infinity where there is none.</param>
public sealed record RadialSlice(int Degrees, double[] Frequencies, double[] Decibels)
{
    /// <summary>
    /// Takes the slices at 0 and at 45 degrees. A spectrum of images without a preferred direction has the same values in both up
    /// to 1/2; aliasing from a pixel grid shows as peaks in one of them.
    /// </summary>
    /// <param name="spectrum">
    /// [S, S] floating point, zero frequency first (<see cref="PowerSpectrum.Finish"/>), not negative.
    /// </param>
    /// <exception cref="ShapeException">The spectrum is not square.</exception>
    public static (RadialSlice Horizontal, RadialSlice Diagonal) Of(Tensor spectrum)
    {
        Shape.Require(spectrum, [null, null]);
        Shape.Require(spectrum, [null, spectrum.Size(0)]);
        int side = (int)spectrum.Size(0), count = (side / 2) + 1;
        double[] power = spectrum.ToArray<double>();
        double[] along = new double[count], across = new double[count];
        double[] horizontal = new double[count], diagonal = new double[count];
        for (int k = 0; k < count; k++)
        {
            along[k] = (double)k / side;
            across[k] = Math.Sqrt(2) * k / side;
            horizontal[k] = Decibel(power[k]);

            // Both diagonals: the spectrum of a real image repeats itself in the opposite quadrant, not in the neighboring ones.
            diagonal[k] = Decibel((power[(k * side) + k] + power[(k * side) + ((side - k) % side)]) / 2);
        }

        return (new RadialSlice(0, along, horizontal), new RadialSlice(45, across, diagonal));
    }

    private static double Decibel(double power) => 10 * Math.Log10(power);
}
