using StyleGanSharp.Networks.Ops.Filters;

namespace StyleGanSharp.Networks.Tests.Ops.Filters;

/// <summary>
/// Values from the tables of Abramowitz and Stegun (9.1 and 9.8), and the recurrences that hold for every argument.
/// </summary>
public sealed class BesselTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1.2660658777520084)]
    [InlineData(5, 27.239871823604442)]
    [InlineData(-5, 27.239871823604442)]
    public void I0_has_its_tabulated_values(double x, double expected) => Assert.Equal(1, Bessel.I0(x) / expected, 1e-14);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.44005058574493351)]
    [InlineData(3.8317059702075125, 0)] // the first zero
    [InlineData(5, -0.32757913759146522)]
    [InlineData(-5, 0.32757913759146522)]
    [InlineData(50, -0.097511828125175157)]
    public void J1_has_its_tabulated_values(double x, double expected) => Assert.Equal(expected, Bessel.J1(x), 1e-14);
}
