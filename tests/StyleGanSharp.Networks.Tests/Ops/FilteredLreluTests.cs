using StyleGanSharp.Networks.Ops;

namespace StyleGanSharp.Networks.Tests.Ops;

public sealed class FilteredLreluTests
{
    private const string File = "ops/filtered_lrelu";
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [Theory, MemberData(nameof(Cases)), Trait("Kind", "Golden")]
    public void Equals_the_golden_numbers(string name) => OperatorCase.Load(File, name).Check(
        c => FilteredLrelu.Apply(
            c.Inputs["x"], c.Optional("fu")?.Detach(), c.Optional("fd")?.Detach(), c.Optional("b"), c.Int("up", 1), c.Int("down", 1),
            c.Padding(), c.Number("gain") ?? 1, c.Number("slope") ?? Activations.DefaultSlope, c.Number("clamp"), c.Flag("flip_filter", false)),
        Tolerance);
}
