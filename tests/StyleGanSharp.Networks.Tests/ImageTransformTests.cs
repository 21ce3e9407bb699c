namespace StyleGanSharp.Networks.Tests;

public sealed class ImageTransformTests
{
    [Fact]
    public void The_matrix_undoes_the_transform()
    {
        (double x, double y, double k) = (0.3, -0.2, 1.7);
        double radians = 35 * Math.PI / 180, c = k * Math.Cos(radians), s = k * Math.Sin(radians);
        double[,] forward = { { c, s, x }, { -s, c, y }, { 0, 0, 1 } };
        double[,] inverse = new ImageTransform(x, y, 35, k).InverseMatrix();
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                double product = Enumerable.Range(0, 3).Sum(i => forward[row, i] * inverse[i, column]);
                Assert.Equal(row == column ? 1 : 0, product, 1e-12);
            }
        }
    }

    [Fact]
    public void A_scale_of_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageTransform(0, 0, 0, 0).InverseMatrix());
}
