using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StyleGanSharp.Faces.Detection;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Faces.Tests.Networks;

/// <summary>The five networks for inputs made by formula: no crop, no scaling.</summary>
[WithTensorScope]
public sealed class RawOutputTests
{
    public static TheoryData<string> Cases => Golden.RawOutputs;

    public static TheoryData<string> Inputs => [.. Golden.Json("raw/inputs.json").EnumerateObject().Select(p => p.Name)];

    [GoldenTheory, MemberData(nameof(Inputs))]
    public void Inputs_are_made_by_the_formula(string name)
    {
        string[] parts = name.Split('-');
        float[] input = Formula(parts[0], int.Parse(parts[1]));
        var expected = Golden.Json("raw/inputs.json").GetProperty(name);
        Golden.Near([expected.GetProperty("mean").GetDouble()], [input.Average(v => (double)v)], 1e-4, name);
        if (parts[0] == "hash") // Sines may differ in a last bit.
        {
            string sum = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(input)));
            Assert.Equal(expected.GetProperty("sha256_of_little_endian_float32").GetString(), sum);
        }
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Outputs_are_those_of_the_library(string name)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        string formula = name.Split('-')[0], output = name[(formula.Length + 1)..];
        (Tensor actual, double tolerance) = Run(analyzer.Networks, formula, output);
        Golden.Near([.. Golden.Raw(name).Select(v => (double)v)], actual.ToArray<double>(), tolerance, name);
    }

    private static (Tensor Output, double Tolerance) Run(FaceNetworks networks, string formula, string output)
    {
        Tensor Face() => Input(formula, FeatureBody.Side, SquareInput.FaceMean);
        Tensor Soft(Tensor logits) => Tensor.From(FaceReader.Softmax(logits.ToArray<float>()), [logits.Count]);
        return output switch
        {
            "landmarks" => (networks.Landmarks.Forward(Face()), Golden.LandmarksRaw),
            "expression-logits" => (networks.Expressions.Forward(Face()), Golden.ExpressionLogits),
            "expression" => (Soft(networks.Expressions.Forward(Face())), Golden.Probability),
            "age" => (networks.AgeGender.Forward(Face()).Age, Golden.Age),
            "gender-logits" => (networks.AgeGender.Forward(Face()).Gender, Golden.GenderLogits),
            "gender" => (Soft(networks.AgeGender.Forward(Face()).Gender), Golden.Probability),
            "descriptor" => (
                networks.Descriptor.Forward(Input(formula, DescriptorNetwork.Side, SquareInput.FaceMean)), Golden.Descriptor),
            _ when output.StartsWith("detector-", StringComparison.Ordinal) =>
                (networks.Detector.Forward(Input(formula, int.Parse(output[9..]), SquareInput.DetectorMean)).Permute(0, 2, 3, 1),
                    Golden.DetectorRaw),
            _ => throw new NotSupportedException($"There is no output '{output}'."),
        };
    }

    private static Tensor Input(string formula, int side, float[] mean) =>
        SquareInput.Normalise(Formula(formula, side), side, mean, Device.Cpu);

    private static float[] Formula(string name, int side)
    {
        var values = new float[side * side * 3];
        for (int i = 0; i < values.Length; i++)
        {
            int c = i % 3, x = i / 3 % side, y = i / 3 / side;
            values[i] = (float)(name == "hash"
                ? (i * 2654435761L % 4294967296L) / 4294967296.0 * 255
                : 127.5 + (110 * Math.Sin(2 * Math.PI * (x + 0.5) / side * (1 + c)) * Math.Cos(
                    2 * Math.PI * (y + 0.5) / side * (2 - (c / 2.0)))));
        }

        return values;
    }
}
