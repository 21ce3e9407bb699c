using System.Text.Json;
using StyleGanSharp.Metrics.Equivariance;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>The four operators against the golden file.</summary>
[WithTensorScope]
public sealed class OperatorGoldenTests
{
    private const string Archive = "metrics/equivariance";

    // Those of the golden files' README.
    private const double Tolerance = 2e-4;
    private const double FilterTolerance = 1e-6;
    private const double Exact = 0;

    // Samples per pixel of the filters.
    private const int RotationUp = 4;
    private const int PseudoUp = 1;

    private static JsonElement Parameters => GoldenFolder.Json($"{Archive}.json");

    public static TheoryData<int> Integers => Cases("int");

    public static TheoryData<int> Fractions => Cases("frac");

    public static TheoryData<int> Angles => Cases("angle");

    [GoldenTheory, MemberData(nameof(Integers))]
    public void Integer_translations_match(int number) =>
        Check($"int{number}", x => IntegerTranslation.Apply(x, Shift("int", number, 0), Shift("int", number, 1)));

    [GoldenTheory, MemberData(nameof(Fractions))]
    public void Fractional_translations_match(int number) =>
        Check($"frac{number}", x => FractionalTranslation.Apply(x, Shift("frac", number, 0), Shift("frac", number, 1)));

    [GoldenTheory, MemberData(nameof(Angles))]
    public void Rotations_match(int number) => Check($"rot{number}", x => FractionalRotation.Apply(x, Angle(number)));

    [GoldenTheory, MemberData(nameof(Angles))]
    public void Pseudo_rotations_match(int number) => Check($"pseudo{number}", x => PseudoRotation.Apply(x, Angle(number)));

    [GoldenTheory, MemberData(nameof(Angles))]
    public void Rotation_filters_match(int number)
    {
        var golden = new GoldenTensors($"{Archive}.npz");
        Close.To(golden[$"rot{number}/filter"], RotationFilter.Design(Angle(number), RotationUp), FilterTolerance,
            $"rot{number}/filter");
        Close.To(golden[$"pseudo{number}/filter"], RotationFilter.Design(-Angle(number), PseudoUp), FilterTolerance,
            $"pseudo{number}/filter");
    }

    private static void Check(string name, Func<Tensor, MaskedImages> apply)
    {
        var golden = new GoldenTensors($"{Archive}.npz");
        (Tensor pictures, Tensor mask) = apply(golden["img"]);
        Close.To(golden[$"{name}/mask"], mask.Expand(pictures.Shape), Exact, $"{name}/mask");
        Close.To(golden[$"{name}/out"], pictures, Tolerance, $"{name}/out");
    }

    private static TheoryData<int> Cases(string key) => [.. Enumerable.Range(0, GoldenFolder.List($"{Archive}.json", key).Count)];

    private static double Shift(string key, int number, int axis) => Parameters.GetProperty(key)[number][axis].GetDouble();

    private static double Angle(int number) => Parameters.GetProperty("angle")[number].GetDouble();
}
