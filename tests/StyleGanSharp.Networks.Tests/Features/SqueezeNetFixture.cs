using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.Features;

/// <summary>A SqueezeNet file with random weights: what real ones are asked for in tests that need no real space.</summary>
internal static class SqueezeNetFixture
{
    internal static void Write(string path, string prefix = "features.", Action<Dictionary<string, Tensor>>? change = null)
    {
        using var scope = new TensorScope();
        using var network = new SqueezeNet();
        using var random = new RandomGenerator(1);
        var tensors = new Dictionary<string, Tensor>();
        foreach (NamedTensor tensor in network.NamedTensors())
        {
            tensors.Add(prefix + tensor.Name, Tensor.RandN(tensor.Value.Shape, random) * 0.1);
        }

        change?.Invoke(tensors);
        Safetensors.Write(path, tensors.Select(t => (t.Key, t.Value)));
    }
}
