using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Modulation;

public sealed class ModulatedConv2dAliasFreeTests
{
    private const string File = "ops/modulated_conv2d-sg3";
    private const double Tolerance = 5e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Scaling_activations_equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(c => Run(c, ModulationForm.Activations), Tolerance);

    // The weight form serves inference, and the first derivative here: libtorch 1.13 has no second one through grouped
    // convolutions.
    [GoldenTheory, MemberData(nameof(Cases))]
    public void Scaling_weights_equals_the_golden_numbers_in_value_and_gradient(string name)
    {
        using var scope = new TensorScope();
        OperatorCase c = OperatorCase.Load(File, name);
        var arrays = new GoldenTensors($"{File}.npz", $"{name}/");
        string[] keys = [.. arrays.Keys.Where(k => k.StartsWith("d1/", StringComparison.Ordinal)).Select(k => k[3..])];
        foreach (string key in keys)
        {
            c.Inputs[key].RequiresGrad = true;
        }

        Tensor y = Run(c, ModulationForm.Weights);
        Close.To(arrays["y"], y, Tolerance, name);
        Tensor?[] gradients = Gradient.Of([(y * arrays["dy"]).Sum()], [.. keys.Select(k => c.Inputs[k])]);
        for (int i = 0; i < keys.Length; i++)
        {
            Close.To(arrays[$"d1/{keys[i]}"], gradients[i]!, Tolerance, $"{name} d1/{keys[i]}");
        }
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Without_gradients_every_form_equals_the_golden_numbers(string name)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        OperatorCase c = OperatorCase.Load(File, name);
        Tensor expected = new GoldenTensors($"{File}.npz", $"{name}/")["y"];
        foreach (ModulationForm form in Enum.GetValues<ModulationForm>())
        {
            Close.To(expected, Run(c, form), Tolerance, $"{name} {form}");
        }
    }

    [Fact]
    public void Styles_for_another_batch_are_refused()
    {
        using Tensor x = Tensor.Zeros([2, 3, 4, 4]), w = Tensor.Zeros([5, 3, 3, 3]), s = Tensor.Zeros([1, 3]);
        ShapeException error = Assert.Throws<ShapeException>(() => ModulatedConv2dAliasFree.Apply(x, w, s));
        Assert.Contains("expected a tensor of shape [2, 3], got [1, 3]", error.Message);
    }

    private static Tensor Run(OperatorCase c, ModulationForm form) => ModulatedConv2dAliasFree.Apply(
        c.Inputs["x"], c.Inputs["w"], c.Inputs["s"], c.Optional("input_gain")?.Detach(), c.Int("padding", 0), c.Flag(
            "demodulate", true), form);
}
