using StyleGanSharp.Testing;

namespace StyleGanSharp.Torch.Tests;

[WithTensorScope]
public sealed class ShapeTests
{
    [Fact]
    public void A_fitting_shape_passes()
    {
        Shape.Require(Tensor.Ones([2, 3]), [2, 3]);
        Shape.Require(Tensor.Ones([2, 3]), [null, 3]);
        Shape.Require(Tensor.Scalar(1), []);
    }

    [Fact]
    public void Wrong_shape_is_named_in_the_message()
    {
        Tensor image = Tensor.Ones([2, 1, 8, 8]);
        ShapeException e = Assert.Throws<ShapeException>(() => Shape.Require(image, [null, 3, 8, 8]));
        Assert.Equal("image", e.ParamName);
        Assert.Contains("expected a tensor of shape [*, 3, 8, 8], got [2, 1, 8, 8]", e.Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Shape.Require(image, [null, null, null]));
        Assert.Throws<ArgumentNullException>(() => Shape.Require(null!, []));
    }

    [Fact]
    public void Counting_never_overflows_silently()
    {
        Assert.Equal(24, Shape.Count([2, 3, 4]));
        Assert.Equal(1, Shape.Count([]));
        Assert.Throws<OverflowException>(() => Shape.Count([1L << 40, 1L << 40]));
    }
}
