using StyleGanSharp.Data.Datasets.Creation;

namespace StyleGanSharp.Data.Tests.Datasets.Creation;

public sealed class NaturalOrderTests
{
    [Theory]
    [InlineData("2", "10", -1)]
    [InlineData("a2b", "a10b", -1)]
    [InlineData("007", "7", -1)]
    [InlineData("a", "a1", -1)]
    [InlineData("99999999999999999999", "100000000000000000000", -1)]
    [InlineData("x", "x", 0)]
    public void Names_have_a_natural_order(string a, string b, int sign)
    {
        Assert.Equal(sign, Math.Sign(NaturalOrder.Instance.Compare(a, b)));
        Assert.Equal(-sign, Math.Sign(NaturalOrder.Instance.Compare(b, a)));
    }
}
