using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>The variables of one network of the time before PyTorch; knows which of them have been asked for.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="name">The network, for messages.</param>
/// <param name="record">The network.</param>
internal sealed class TfVariables(string path, string name, TfNetworkRecord record)
{
    private readonly HashSet<string> taken = [];

    /// <summary>The function that built the network.</summary>
    internal string BuildFunction => record.BuildFunction;

    /// <summary>Variables that nothing has asked for.</summary>
    internal IEnumerable<string> Rest => record.Variables.Keys.Where(v => !taken.Contains(v));

    internal bool Has(string variable) => record.Variables.ContainsKey(variable);

    /// <summary>The sizes of a variable.</summary>
    internal IReadOnlyList<long> Shape(string variable, int dimensions)
    {
        IReadOnlyList<long> shape = Find(variable).Shape;
        return shape.Count == dimensions
            ? shape
            : throw Error($"the variable '{variable}' has {shape.Count} dimensions instead of {dimensions}");
    }

    /// <summary>Requires a variable of the given shape; null: any size.</summary>
    internal void Require(string variable, params ReadOnlySpan<long?> expected)
    {
        IReadOnlyList<long> shape = Shape(variable, expected.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] is long size && size != shape[i])
            {
                throw Error(
                    $"the variable '{variable}' has the shape [{string.Join(", ", shape)}], "
                        + $"by the network's options size {i} is {size}");
            }
        }
    }

    /// <summary>Leaves a variable out on purpose.</summary>
    internal void Skip(string variable) => taken.Add(variable);

    /// <summary>The variable for copying to a tensor.</summary>
    internal NumpyArray Take(string variable)
    {
        taken.Add(variable);
        return Find(variable);
    }

    internal SnapshotException Error(string problem) => new(path, $"in {name}, {problem}.");

    private NumpyArray Find(string variable) => record.Variables.TryGetValue(variable, out NumpyArray? found)
        ? found
        : throw Error($"the variable '{variable}' is missing");
}
