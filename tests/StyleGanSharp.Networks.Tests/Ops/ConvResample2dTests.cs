using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops;

public sealed class ConvResample2dTests
{
    private const string File = "ops/conv2d_resample";
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [Theory, MemberData(nameof(Cases)), Trait("Kind", "Golden")]
    public void Equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(
            c => Run(c, (x, w, f, up, down, padding, groups, flip, flipFilter) => ConvResample2d.Apply(x, w, f, up, down, padding, groups, flip, flipFilter)),
            Tolerance);

    [Theory, MemberData(nameof(Cases)), Trait("Kind", "Golden")]
    public void The_definition_equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(c => Run(c, ConvResample2d.Reference), Tolerance);

    private delegate Tensor Operation(
        Tensor x, Tensor weight, Tensor? filter, int up, int down, Padding padding, int groups, bool flipWeight, bool flipFilter);

    private static Tensor Run(OperatorCase c, Operation operation) => operation(
        c.Inputs["x"], c.Inputs["w"], c.Optional("f")?.Detach(), c.Int("up", 1), c.Int("down", 1), c.Padding(), c.Int("groups", 1),
        c.Flag("flip_weight", true), c.Flag("flip_filter", false));
}
