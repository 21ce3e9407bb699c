using StyleGanSharp.Networks.StyleGan3;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.StyleGan3;

/// <summary>
/// What the transform means on the screen: the network is alias-free, so whole steps must give the same image elsewhere.
/// </summary>
public sealed class EquivarianceTests
{
    // The share of the image's variance that may differ; a wrong direction differs by about twice the variance.
    private const double Tolerance = 0.02;

    [Fact]
    public void Translation_moves_right_and_down()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Fixture("sg3r-64");
        using Generator g = golden.Generator();
        Tensor plain = Picture(golden, g, default), moved = Picture(golden, g, new ImageTransform(8 / 64.0, 4 / 64.0, 0, 1));
        Alike(plain.Slice(2, 0, 60).Slice(3, 0, 56), moved.Slice(2, 4).Slice(3, 8));
    }

    [Fact]
    public void Rotation_turns_to_the_left()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        AliasFreeCase golden = AliasFreeCase.Fixture("sg3r-64");
        using Generator g = golden.Generator();
        Tensor plain = Picture(golden, g, default), turned = Picture(golden, g, new ImageTransform(0, 0, 90, 1));

        // A quarter turn to the left takes the right column to the top row.
        Alike(plain.Transpose(2, 3).Flip(2), turned);
    }

    private static Tensor Picture(AliasFreeCase golden, Generator g, ImageTransform transform)
    {
        g.SetTransform(transform == default ? ImageTransform.Identity : transform.InverseMatrix());
        return g.Synthesis.Forward(golden.Expected["ws/psi1"]);
    }

    private static void Alike(Tensor expected, Tensor actual)
    {
        double variance = (expected - expected.Mean()).Square().Mean().Item();
        Assert.InRange((expected - actual).Square().Mean().Item() / variance, 0, Tolerance);
    }
}
