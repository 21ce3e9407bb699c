using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

/// <summary>The draws of a golden case, by name; remembers in which order they were asked for.</summary>
internal sealed class StoredDraws(GoldenTensors arrays, string prefix) : IAugmentDraws
{
    public List<string> Asked { get; } = [];

    public Tensor Uniform(string name, ReadOnlySpan<long> shape) => Take(name, shape);

    public Tensor Normal(string name, ReadOnlySpan<long> shape) => Take(name, shape);

    private Tensor Take(string name, ReadOnlySpan<long> shape)
    {
        Asked.Add(name);
        using Tensor stored = arrays[prefix + name];
        return stored.Reshape(shape);
    }
}
