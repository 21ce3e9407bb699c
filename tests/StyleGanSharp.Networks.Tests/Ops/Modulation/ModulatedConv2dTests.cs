using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops.Modulation;

public sealed class ModulatedConv2dTests
{
    private const string File = "ops/modulated_conv2d-sg2";
    private const double Tolerance = 5e-5;

    public static TheoryData<string> Cases => OperatorCase.Names(File);

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Scaling_activations_equals_the_golden_numbers(string name) =>
        OperatorCase.Load(File, name).Check(c => Run(c, ModulationForm.Activations), Tolerance);

    // Second derivatives through the grouped convolution of the weight form fail in libtorch 1.13 ("dependency not found"): the
    // form serves values and first derivatives, and activations serve all of them.
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
    public void Without_gradients_both_forms_equal_the_golden_numbers(string name)
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
    public void The_gain_multiplies_the_result_in_both_forms()
    {
        using var scope = new TensorScope();
        using var generator = new RandomGenerator(1);
        Tensor x = Tensor.RandN([2, 3, 5, 5], generator), w = Tensor.RandN([4, 3, 3, 3], generator), s = Tensor.RandN(
            [2, 3], generator);
        foreach (ModulationForm form in new[] { ModulationForm.Activations, ModulationForm.Weights })
        {
            foreach (bool demodulate in new[] { true, false })
            {
                Tensor one = ModulatedConv2d.Apply(x, w, s, padding: 1, demodulate: demodulate, form: form);
                Tensor three = ModulatedConv2d.Apply(x, w, s, padding: 1, demodulate: demodulate, form: form, gain: 3);
                Close.To(one * 3, three, 1e-6, $"{form} {demodulate}");
            }
        }
    }

    [Fact]
    public void Styles_for_another_batch_are_refused()
    {
        using Tensor x = Tensor.Zeros([2, 3, 4, 4]), w = Tensor.Zeros([5, 3, 3, 3]), s = Tensor.Zeros([1, 3]);
        ShapeException error = Assert.Throws<ShapeException>(() => ModulatedConv2d.Apply(x, w, s));
        Assert.Contains("expected a tensor of shape [2, 3], got [1, 3]", error.Message);
    }

    private static Tensor Run(OperatorCase c, ModulationForm form)
    {
        Tensor y = ModulatedConv2d.Apply(
            c.Inputs["x"], c.Inputs["weight"], c.Inputs["styles"], c.Optional("f")?.Detach(), c.Int("up", 1), c.Int("down", 1),
            c.Int("padding", 0), c.Flag("demodulate", true), c.Flag("flip_weight", true), form);
        return c.Optional("noise") is Tensor noise ? y + noise : y;
    }
}
