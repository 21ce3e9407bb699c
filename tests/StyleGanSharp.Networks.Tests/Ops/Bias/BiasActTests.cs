using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Bias;

public sealed class BiasActTests
{
    private const string File = "ops/bias_act";

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(c => Run(c, BiasAct.Apply), tolerance: 1e-6, secondTolerance: 1e-5);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Working_in_place_equals_the_golden_numbers(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        OperatorCase golden = OperatorCase.Load(File, name);
        Close.To(new GoldenTensors($"{File}.npz", $"{name}/")["y"], Run(golden, BiasAct.ApplyToTemporary), 1e-6, name);
    }

    [Fact]
    public void The_defaults_are_those_of_the_golden_file()
    {
        foreach (System.Text.Json.JsonProperty entry in Fixtures.Golden.Json($"{File}.json").GetProperty("activations")
            .EnumerateObject())
        {
            Activation activation = Activations.Parse(entry.Name);
            Assert.Equal(entry.Value.GetProperty("def_gain").GetDouble(), activation.DefaultGain(), 1e-15);
            Assert.Equal(entry.Name, activation.Name());
            if (activation == Activation.LeakyRelu)
            {
                Assert.Equal(Activations.DefaultSlope, entry.Value.GetProperty("def_alpha").GetDouble());
            }
        }
    }

    [Fact]
    public void A_bias_of_the_wrong_size_is_named()
    {
        using Tensor x = Tensor.Zeros([2, 3, 4, 4]), bias = Tensor.Zeros([4]);
        ShapeException error = Assert.Throws<ShapeException>(() => BiasAct.Apply(x, bias));
        Assert.Contains("expected a tensor of shape [3], got [4]", error.Message);
    }

    private delegate Tensor Operation(
        Tensor x, Tensor? bias, int dim, Activation activation, double? slope, double? gain, double? clamp);

    private static Tensor Run(OperatorCase c, Operation operation) => operation(
        c.Inputs["x"], c.Optional("b"), c.Int("dim", 1), Activations.Parse(c.Text("act", "linear")), c.Number("alpha"), c.Number(
            "gain"), c.Number("clamp"));
}
