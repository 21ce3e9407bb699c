namespace StyleGanSharp.Networks.Latents;

/// <summary>
/// A closed curve through key frames, one unit of time apart: after the last one it returns to the first. The cubic curve is the
/// one of the field's interpolation videos: a spline through the key frames repeated twice before and twice after themselves,
/// with not-a-knot ends (its third derivative is continuous at the second and the last but one knot).
/// </summary>
public sealed class KeyFrameCurve
{
    private const int Wraps = 2;

    private readonly double[][] keys;
    private readonly double[][]? bends; // Second derivatives at the knots 0..Count; null: straight lines.

    private KeyFrameCurve(double[][] keys, double[][]? bends) => (this.keys, this.bends) = (keys, bends);

    /// <summary>Number of key frames, and length of the curve in time.</summary>
    public int Count => keys.Length;

    /// <summary>Numbers in a key frame.</summary>
    public int Size => keys[0].Length;

    /// <summary>A smooth curve.</summary>
    /// <param name="keys">At least one key frame, all of one size.</param>
    public static KeyFrameCurve Cubic(IEnumerable<double[]> keys)
    {
        double[][] known = Check(keys);
        int count = known.Length;
        var bends = new double[count + 1][];
        for (int k = 0; k <= count; k++)
        {
            bends[k] = new double[known[0].Length];
        }

        var knots = new double[count * ((2 * Wraps) + 1)];
        for (int d = 0; d < known[0].Length; d++)
        {
            for (int i = 0; i < knots.Length; i++)
            {
                knots[i] = known[i % count][d];
            }

            double[] second = SecondDerivatives(knots);
            for (int k = 0; k <= count; k++)
            {
                bends[k][d] = second[(Wraps * count) + k];
            }
        }

        return new KeyFrameCurve(known, bends);
    }

    /// <summary>Straight lines from key frame to key frame.</summary>
    /// <inheritdoc cref="Cubic"/>
    public static KeyFrameCurve Linear(IEnumerable<double[]> keys) => new(Check(keys), null);

    /// <summary>A point of the curve.</summary>
    /// <param name="time">Any finite time; k is key frame k modulo <see cref="Count"/>.</param>
    /// <returns><see cref="Size"/> numbers.</returns>
    public double[] At(double time)
    {
        double wrapped = time - (Math.Floor(time / Count) * Count);
        int k = Math.Min((int)wrapped, Count - 1);
        double b = wrapped - k, a = 1 - b;
        double[] from = keys[k], to = keys[(k + 1) % Count];
        var point = new double[Size];
        for (int d = 0; d < point.Length; d++)
        {
            point[d] = (a * from[d]) + (b * to[d]);
        }

        if (bends is not null)
        {
            double fromBend = ((a * a * a) - a) / 6, toBend = ((b * b * b) - b) / 6;
            for (int d = 0; d < point.Length; d++)
            {
                point[d] += (fromBend * bends[k][d]) + (toBend * bends[k + 1][d]);
            }
        }

        return point;
    }

    // Knots 1 apart: M[i-1] + 4 M[i] + M[i+1] = 6 (y[i-1] - 2 y[i] + y[i+1]) inside, M[0] = 2 M[1] - M[2] at the ends, which
    // leaves M[1] alone in its equation. The rest is tridiagonal and solved by elimination.
    private static double[] SecondDerivatives(double[] y)
    {
        int last = y.Length - 1;
        double Right(int i) => 6 * (y[i - 1] - (2 * y[i]) + y[i + 1]);
        var m = new double[y.Length];
        m[1] = Right(1) / 6;
        m[last - 1] = Right(last - 1) / 6;

        var above = new double[y.Length];
        for (int i = 2; i < last - 1; i++)
        {
            double pivot = 4 - above[i - 1];
            above[i] = 1 / pivot;
            m[i] = (Right(i) - m[i - 1]) / pivot;
        }

        for (int i = last - 2; i >= 2; i--)
        {
            m[i] -= above[i] * m[i + 1];
        }

        m[0] = (2 * m[1]) - m[2];
        m[last] = (2 * m[last - 1]) - m[last - 2];
        return m;
    }

    private static double[][] Check(IEnumerable<double[]> keys)
    {
        double[][] known = [.. keys];
        if (known.Length == 0 || known[0].Length == 0 || Array.Exists(known, k => k.Length != known[0].Length))
        {
            throw new ArgumentException("A curve needs at least one key frame, and all of one size.", nameof(keys));
        }

        return known;
    }
}
