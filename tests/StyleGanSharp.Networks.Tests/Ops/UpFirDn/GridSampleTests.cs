using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.UpFirDn;

public sealed class GridSampleTests
{
    private const string File = "ops/grid_sample";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load(File, name).Check(
        c =>
        {
            Tensor expected = c.Inputs["grid"].Detach(), grid = GridSample.Affine(
                c.Inputs["theta"], expected.Size(1), expected.Size(2));
            Close.To(expected, grid.Detach(), Tolerance, $"{name} grid");
            return GridSample.Apply(c.Inputs["x"], grid);
        },
        Tolerance);

    [Fact, WithTensorScope]
    public void First_and_second_derivatives_equal_differences()
    {
        using var generator = new RandomGenerator(3);
        Tensor x = Tensor.RandN([2, 2, 4, 5], generator, DType.Float64);
        Tensor theta = Tensor.RandN([2, 2, 3], generator, DType.Float64);
        Tensor grid = GridSample.Affine(theta, 3, 6);

        // The square makes the second derivative depend on the point.
        GradCheck.Second(inputs => GridSample.Apply(inputs[0], grid).Square(), x);
    }

    [Fact, WithTensorScope]
    public void The_identity_changes_nothing_and_half_a_pixel_further_lies_the_mean()
    {
        Tensor x = Tensor.Arange(4).Reshape(1, 1, 1, 4);
        Assert.Equal([0f, 1, 2, 3], Sampled(0));
        Assert.Equal([0.5f, 1.5f, 2.5f, 1.5f], Sampled(0.25f)); // beyond the last pixel lies a zero

        float[] Sampled(float shift) =>
            GridSample.Apply(x, GridSample.Affine(Tensor.From([1, 0, shift, 0, 1, 0f], [1, 2, 3]), 1, 4)).ToArray<float>();
    }

    [Fact, WithTensorScope]
    public void Places_of_another_batch_are_refused()
    {
        ShapeException error = Assert.Throws<ShapeException>(
            () => GridSample.Apply(Tensor.Zeros([2, 1, 3, 3]), Tensor.Zeros([1, 3, 3, 2])));
        Assert.Contains("[1, 3, 3, 2]", error.Message);
    }
}
