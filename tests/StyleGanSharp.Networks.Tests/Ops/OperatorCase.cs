using System.Text.Json;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Ops;

/// <summary>
/// One golden case of an operator: its inputs, its parameters, and the comparison of value, gradient and second gradient.
/// </summary>
internal sealed class OperatorCase
{
    private static readonly string[] NotInputs = ["y", "dy"];

    private readonly GoldenTensors arrays;
    private readonly string name;

    private OperatorCase(string file, string name, JsonElement parameters)
    {
        this.name = $"{file} {name}";
        Parameters = parameters;
        arrays = new GoldenTensors($"{file}.npz", $"{name}/");
        Inputs = arrays.Keys.Where(
            k => !k.Contains('/') && !k.StartsWith("v_", StringComparison.Ordinal) && !NotInputs.Contains(k))
            .ToDictionary(k => k, k => arrays[k]);
    }

    /// <summary>Tensors by argument name.</summary>
    public Dictionary<string, Tensor> Inputs { get; }

    private JsonElement Parameters { get; }

    /// <summary>Names of all cases of a file, e.g. <c>ops/bias_act</c>.</summary>
    public static TheoryData<string> Names(string file) => [.. Cases(file).Select(c => c.GetProperty("case").GetString()!)];

    /// <summary>Loads a case.</summary>
    public static OperatorCase Load(string file, string name) =>
        new(file, name, Cases(file).First(c => c.GetProperty("case").GetString() == name));

    /// <summary>A tensor argument; null where the case has none.</summary>
    public Tensor? Optional(string key) => Inputs.GetValueOrDefault(key);

    /// <summary>Whether a parameter is there, be it null.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>A number, or null where it is absent or null.</summary>
    public double? Number(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    /// <summary>An integer with a default.</summary>
    public int Int(string key, int fallback) => (int)(Number(key) ?? fallback);

    /// <summary>A truth value with a default.</summary>
    public bool Flag(string key, bool fallback) =>
        Find(key) is { } value && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : fallback;

    /// <summary>A text with a default.</summary>
    public string Text(string key, string fallback) => Find(key)?.GetString() ?? fallback;

    /// <summary>One number for both axes, or [x, y].</summary>
    public (int X, int Y) Pair(string key, int fallback = 1)
    {
        int[] values = Ints(key);
        return values switch
        {
            [] => (fallback, fallback),
            [int both] => (both, both),
            [int x, int y] => (x, y),
            _ => throw new NotSupportedException($"{name}: {key} of {values.Length} numbers"),
        };
    }

    /// <summary>One number for all sides, [x, y] for both of each axis, or [x0, x1, y0, y1].</summary>
    public Padding Padding()
    {
        int[] values = Ints("padding");
        return values switch
        {
            [] => default,
            [int all] => Networks.Ops.Convolutions.Padding.All(all),
            [int x, int y] => new Padding(x, x, y, y),
            [int x0, int x1, int y0, int y1] => new Padding(x0, x1, y0, y1),
            _ => throw new NotSupportedException($"{name}: a padding of {values.Length} numbers"),
        };
    }

    /// <summary>A list of numbers.</summary>
    public double[]? Numbers(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(v => v.GetDouble())] : null;

    /// <summary>The size of both axes: [x, y], [height, width] where <c>size_order</c> says so, or one number.</summary>
    public (int X, int Y) Size(string key)
    {
        (int first, int second) = Pair(key);
        return Text($"{key}_order", "").StartsWith("[h", StringComparison.Ordinal) ? (second, first) : (first, second);
    }

    /// <summary>Compares value, gradients and second gradients of an operation on the inputs.</summary>
    public void Check(Func<OperatorCase, Tensor> operation, double tolerance, double? secondTolerance = null)
    {
        using var scope = new TensorScope();
        foreach (Tensor input in Inputs.Values)
        {
            input.RequiresGrad = true;
        }

        Tensor y = operation(this);
        Close.To(arrays["y"], y, tolerance, $"{name} y");
        if (!arrays.Has("dy"))
        {
            return;
        }

        Tensor dy = arrays["dy"];
        dy.RequiresGrad = true;
        Tensor total = (y * dy).Sum();
        CheckFirst(total, tolerance);
        foreach (string key in arrays.Keys.Where(k => k.StartsWith("v_", StringComparison.Ordinal)).ToList())
        {
            CheckSecond(total, dy, key["v_".Length..], secondTolerance ?? tolerance);
        }
    }

    private static IReadOnlyList<JsonElement> Cases(string file) => GoldenFolder.List($"{file}.json", "cases");

    private void CheckFirst(Tensor total, double tolerance)
    {
        string[] keys = [.. arrays.Keys.Where(k => k.StartsWith("d1/", StringComparison.Ordinal)).Select(k => k["d1/".Length..])];
        Tensor?[] gradients = Gradient.Of([total], [.. keys.Select(k => Inputs[k])], retainGraph: true);
        for (int i = 0; i < keys.Length; i++)
        {
            Close.To(arrays[$"d1/{keys[i]}"], gradients[i] ?? Inputs[keys[i]].ZerosLike(), tolerance, $"{name} d1/{keys[i]}");
        }
    }

    // With g the gradient for the input and L = sum(g · v): gradients of L; absent arrays mean zeros.
    private void CheckSecond(Tensor total, Tensor dy, string key, double tolerance)
    {
        Tensor gradient = Gradient.Of(total, Inputs[key], createGraph: true);
        Assert.True(gradient.RequiresGrad, $"{name}: the gradient for {key} is outside the graph");
        Tensor second = (gradient * arrays[$"v_{key}"]).Sum();
        string[] keys = ["dy", .. Inputs.Keys];
        Tensor[] targets = [dy, .. Inputs.Values];
        Tensor?[] gradients = Gradient.Of([second], targets, retainGraph: true);
        for (int i = 0; i < keys.Length; i++)
        {
            Tensor expected = arrays.Optional($"d2_{key}/{keys[i]}") ?? targets[i].ZerosLike();
            Close.To(expected, gradients[i] ?? targets[i].ZerosLike(), tolerance, $"{name} d2_{key}/{keys[i]}");
        }
    }

    private int[] Ints(string key) => Find(key) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(v => (int)v.GetDouble())],
        { ValueKind: JsonValueKind.Number } one => [(int)one.GetDouble()],
        _ => [],
    };

    private JsonElement? Find(string key) => Parameters.TryGetProperty(key, out JsonElement value) ? value : null;
}
