namespace StyleGanSharp.Networks;

/// <summary>How an image is moved, turned and scaled, and the matrix that tells a network so.</summary>
/// <param name="X">Shift to the right, in image widths.</param>
/// <param name="Y">Shift downwards, in image heights.</param>
/// <param name="Degrees">Rotation about the middle, to the left (counterclockwise).</param>
/// <param name="Scale">Enlargement, above 0.</param>
public readonly record struct ImageTransform(double X, double Y, double Degrees, double Scale)
{
    /// <summary>The matrix that changes nothing.</summary>
    public static double[,] Identity => new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

    /// <summary>
    /// The inverse of [[k cos, k sin, x], [-k sin, k cos, y], [0, 0, 1]]: from a place in the transformed image to the one it
    /// shows of the original.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above zero.</exception>
    public double[,] InverseMatrix()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Scale);
        double radians = Degrees * Math.PI / 180;
        (double c, double s) = (Math.Cos(radians) / Scale, Math.Sin(radians) / Scale);
        return new[,] { { c, -s, (s * Y) - (c * X) }, { s, c, -(s * X) - (c * Y) }, { 0, 0, 1 } };
    }
}
