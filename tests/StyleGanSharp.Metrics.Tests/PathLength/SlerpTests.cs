using System.Globalization;
using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.PathLength;

[WithTensorScope]
public sealed class SlerpTests
{
    private const string Archive = "metrics/ppl.npz";
    private const string TfArchive = "metric-arithmetic";

    // That of the golden files' READMEs.
    private const double Tolerance = 1e-5;

    // The result and one a step further on, whose size is in the key.
    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.StartsWith("slerp/out", StringComparison.Ordinal)).Select(
            k => k["slerp/".Length..])];

    public static TheoryData<string, double> TfCases
    {
        get
        {
            var cases = new TheoryData<string, double>();
            if (GoldenTfFolder.Has(TfArchive + ".npz"))
            {
                // The step of the second one stands in the golden files' README.
                cases.Add("slerp", 0);
                cases.Add("slerp_plus_eps", 1e-4);
            }

            return cases;
        }
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string key)
    {
        var golden = new GoldenTensors(Archive, "slerp/");
        double step = key == "out" ? 0 : double.Parse(key["out_eps".Length..], CultureInfo.InvariantCulture);
        Close.To(golden[key], Slerp.Between(golden["a"], golden["b"], golden["t"] + step), Tolerance, key);
    }

    [GoldenTheory, MemberData(nameof(TfCases))]
    public void Equals_the_golden_numbers_of_the_time_of_tensorflow(string key, double step)
    {
        GoldenTensors golden = GoldenTfFolder.Tensors(TfArchive);
        Tensor result = Slerp.Between(golden["slerp_a"], golden["slerp_b"], golden["slerp_t"] + step);
        Close.To(golden[key], result, Tolerance, key);
    }

    [Fact]
    public void Goes_along_the_circle_at_even_speed()
    {
        Tensor a = Tensor.From([2f, 0, 2, 0, 2, 0], [3, 2]), b = Tensor.From([0f, 5, 0, 5, 0, 5], [3, 2]);
        Tensor result = Slerp.Between(a, b, Tensor.From([0f, 1f / 3, 1], [3, 1]));
        Assert.Equal(DType.Float32, result.DType);
        Close.To(Tensor.From([1f, 0, (float)Math.Cos(Math.PI / 6), 0.5f, 0, 1], [3, 2]), result, 1e-6, "quarter circle");
    }

    [Fact]
    public void Directions_that_differ_by_a_rounding_error_are_no_problem_and_opposite_ones_are_refused()
    {
        Tensor a = Tensor.From([1.0, 0, 1, 0], [2, 2]), b = Tensor.From([1, 1e-9, 1, 0], [2, 2]);
        Tensor half = Tensor.From([0.5, 0.5], [2, 1]);

        // The cosine of such an angle is 1 in double precision; the angle is not lost.
        Close.To(Tensor.From([1, 5e-10, 1, 0], [2, 2]), Slerp.Between(a, b, half), 1e-18, "small angle");
        Assert.Throws<ArgumentException>(() => Slerp.Between(a, -a, half));
        Assert.Throws<ArgumentException>(() => Slerp.Between(a, a * 0, half));
        Assert.Throws<ArgumentException>(() => Slerp.Between(a, a / 0, half));
        Assert.Throws<ShapeException>(() => Slerp.Between(a, b, half.Squeeze(1)));
    }
}
