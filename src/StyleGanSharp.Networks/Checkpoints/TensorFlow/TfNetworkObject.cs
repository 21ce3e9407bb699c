using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>
/// A network object of the time before PyTorch while the file is read. The Python source that it carries along, which the
/// original programs execute, is dropped as soon as the object gets its state.
/// </summary>
internal sealed class TfNetworkObject(PickleGlobal type) : IPickleBuildable
{
    // Where the class lay over the years: Theano ProGAN, TensorFlow ProGAN, StyleGAN and StyleGAN2.
    private static readonly string[] Homes = ["network", "tfutil", "dnnlib.tflib.network"];

    public PickleGlobal Type => type;

    /// <summary>Name, options, variables, components; null where the file gives the object none.</summary>
    public PickleDictionary? State { get; private set; }

    /// <summary>Allows the class under all its names.</summary>
    public static void AddTo(PickleAllowList list)
    {
        foreach (string home in Homes)
        {
            list.Allow(home, "Network", call =>
            {
                call.RequireCount(0, 0);
                return new TfNetworkObject(call.Type);
            });
        }
    }

    void IPickleBuildable.Build(object? state, PickleContext context)
    {
        State = state as PickleDictionary
            ?? throw new PickleException(
                $"The state of a {type.FullName} is a {PickleText.KindOf(state)}, not a dictionary", context.Offset);
        State.Remove("build_module_src");
    }
}
