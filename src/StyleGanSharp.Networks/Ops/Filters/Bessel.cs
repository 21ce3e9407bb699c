namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>The two Bessel functions that filter design needs, in double precision.</summary>
public static class Bessel
{
    /// <summary>Modified Bessel function of the first kind, order zero: the shape of the Kaiser window.</summary>
    /// <param name="x">Any number whose result is in the range of a double (magnitudes below about 700).</param>
    /// <returns>1 at zero, growing like e^|x|.</returns>
    public static double I0(double x)
    {
        // The power series sum of ((x/2)^k / k!)²: every term is positive, so nothing cancels.
        double quarter = x * x / 4, term = 1, sum = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }

    /// <summary>Bessel function of the first kind, order one: the shape of an ideal circular low-pass.</summary>
    /// <param name="x">Any finite number; the effort grows with its magnitude.</param>
    /// <returns>A number in [-0.59, 0.59], to about 1e-16.</returns>
    public static double J1(double x)
    {
        // Bessel's integral, the mean over a whole period of cos(t - x sin t). The rectangle rule is off by J of order count-1,
        // which vanishes faster than any power once count exceeds |x|.
        int count = checked((2 * (int)Math.Ceiling(Math.Abs(x))) + 64);
        double sum = 0;
        for (int k = 0; k < count; k++)
        {
            double t = 2 * Math.PI * k / count;
            sum += Math.Cos(t - (x * Math.Sin(t)));
        }

        return sum / count;
    }
}
