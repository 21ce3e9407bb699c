namespace StyleGanSharp.Training.Augment;

/// <summary>Small square matrices in homogeneous coordinates: 3x3 of the plane, 4x4 of the colours. In double precision, on the
/// CPU:
/// a batch has few of them.</summary>
internal static class Matrices
{
    /// <summary>One identity per image.</summary>
    internal static double[][,] Identities(int count, int size)
    {
        var result = new double[count][,];
        for (int i = 0; i < count; i++)
        {
            result[i] = Diagonal(Enumerable.Repeat(1.0, size).ToArray());
        }

        return result;
    }

    /// <summary>a·b.</summary>
    internal static double[,] Product(double[,] a, double[,] b)
    {
        int n = a.GetLength(0);
        var result = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    result[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return result;
    }

    /// <summary>The product of several, from left to right.</summary>
    internal static double[,] Product(params ReadOnlySpan<double[,]> factors)
    {
        double[,] result = factors[0];
        foreach (double[,] factor in factors[1..])
        {
            result = Product(result, factor);
        }

        return result;
    }

    /// <summary>Shift of the plane.</summary>
    internal static double[,] Translate(double x, double y) => new[,] { { 1, 0, x }, { 0, 1, y }, { 0, 0, 1 } };

    /// <summary>Scaling of the plane.</summary>
    internal static double[,] Scale(double x, double y) => Diagonal(x, y, 1);

    /// <summary>Rotation of the plane.</summary>
    internal static double[,] Rotate(double radians)
    {
        (double sin, double cos) = Math.SinCos(radians);
        return new[,] { { cos, -sin, 0 }, { sin, cos, 0 }, { 0, 0, 1 } };
    }

    /// <summary>Zeros beside the diagonal.</summary>
    internal static double[,] Diagonal(params ReadOnlySpan<double> values)
    {
        var result = new double[values.Length, values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            result[i, i] = values[i];
        }

        return result;
    }

    /// <summary>Whether nothing changes, up to the rounding of a few products.</summary>
    internal static bool IsIdentity(double[,] matrix)
    {
        const double Rounding = 1e-12;
        int n = matrix.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                if (Math.Abs(matrix[i, j] - (i == j ? 1 : 0)) > Rounding)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
