using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.Convolutions;

public sealed class ConvResample2dTests
{
    private const string File = "ops/conv2d_resample";
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(
            c => Run(c, (x, w, f, up, down, padding, groups, flip, flipFilter) =>
                ConvResample2d.Apply(x, w, f, up, down, padding, groups, flip, flipFilter)),
            Tolerance);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void The_definition_equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(c => Run(c, ConvResample2d.Reference), Tolerance);

    // Few taps: the paddings that centre the filter are negative, and odd ones are rounded down.
    [Fact]
    public void Filters_with_fewer_taps_than_the_factor_are_centred_as_in_plain_resampling()
    {
        using var scope = new TensorScope();
        using var random = new RandomGenerator(5);
        Tensor x = Tensor.RandN([2, 3, 9, 11], random), identity = Tensor.From([1f, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3, 1, 1]),
            wide = identity.Pad([1, 1, 1, 1]);
        foreach (int taps in new[] { 0, 1, 2, 3, 4 })
        {
            Tensor? filter = taps == 0 ? null : Tensor.RandN([taps], random);
            foreach (int factor in new[] { 2, 3, 4, 5 })
            {
                Tensor up = UpFirDn2d.Upsample(x, filter, (factor, factor)), down = UpFirDn2d.Downsample(
                    x, filter, (factor, factor));
                foreach (Operation operation in new Operation[] { (a, w, f, u, d, p, g, fw, ff) => ConvResample2d.Apply(
                    a, w, f, u, d, p, g, fw, ff), ConvResample2d.Reference })
                {
                    Close.To(up, operation(x, identity, filter, factor, 1, default, 1, true, false), Tolerance,
                        $"1x1, {taps} taps, up {factor}");
                    Close.To(up, operation(x, wide, filter, factor, 1, Padding.All(1), 1, true, false), Tolerance,
                        $"3x3, {taps} taps, up {factor}");
                    Close.To(down, operation(x, identity, filter, 1, factor, default, 1, true, false), Tolerance,
                        $"1x1, {taps} taps, down {factor}");
                    Close.To(down, operation(x, wide, filter, 1, factor, Padding.All(1), 1, true, false), Tolerance,
                        $"3x3, {taps} taps, down {factor}");
                }
            }
        }
    }

    private delegate Tensor Operation(
        Tensor x, Tensor weight, Tensor? filter, int up, int down, Padding padding, int groups, bool flipWeight, bool flipFilter);

    private static Tensor Run(OperatorCase c, Operation operation) => operation(
        c.Inputs["x"], c.Inputs["w"], c.Optional("f")?.Detach(), c.Int("up", 1), c.Int("down", 1), c.Padding(), c.Int(
            "groups", 1),
        c.Flag("flip_weight", true), c.Flag("flip_filter", false));
}
