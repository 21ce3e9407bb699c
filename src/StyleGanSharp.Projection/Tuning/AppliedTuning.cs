using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection.Tuning;

/// <summary>A network as it is tuned; disposed, the network is again, bit for bit, what it was.</summary>
public sealed class AppliedTuning : IDisposable
{
    private readonly Module module;
    private Dictionary<string, Tensor>? before;

    internal AppliedTuning(Module module, Dictionary<string, Tensor> before) => (this.module, this.before) = (module, before);

    /// <summary>Takes the tuning back.</summary>
    public void Dispose()
    {
        if (before is null)
        {
            return;
        }

        Write(module, before);
        foreach (Tensor tensor in before.Values)
        {
            tensor.Dispose();
        }

        before = null;
    }

    /// <summary>Writes some of a module's tensors; the module learns that they changed.</summary>
    internal static void Write(Module module, IReadOnlyDictionary<string, Tensor> values)
    {
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes =
            module.NamedTensors().ToDictionary(t => t.Name, t => (IReadOnlyList<long>)t.Value.Shape.ToArray());
        module.Load(shapes, (name, target) =>
        {
            if (values.TryGetValue(name, out Tensor? value))
            {
                target.CopyInPlace(value);
            }
        });
    }
}
