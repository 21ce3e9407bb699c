using System.Reflection;
using StyleGanSharp.Testing;
using Xunit.v3;

namespace StyleGanSharp.Torch.Tests;

public sealed class NoLeaksTests
{
    [Fact]
    public void A_tensor_left_behind_fails_the_test()
    {
        var attribute = new NoLeaksAttribute();
        var method = (MethodInfo)MethodBase.GetCurrentMethod()!;
        var test = (IXunitTest)TestContext.Current.Test!;
        attribute.Before(method, test);
        using (Tensor.Ones([1]))
        {
            Exception e = Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => attribute.After(method, test));
            Assert.Contains("left 1 tensor references behind", e.Message, StringComparison.Ordinal);
        }

        attribute.Before(method, test);
        Tensor.Ones([1]).Dispose();
        attribute.After(method, test);
    }
}
