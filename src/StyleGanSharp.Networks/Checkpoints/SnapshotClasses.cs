using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>The allow-lists of the known snapshot families. Built once; nothing changes them afterwards.</summary>
internal static class SnapshotClasses
{
    /// <summary>Official PyTorch snapshots: StyleGAN2-ADA, StyleGAN3.</summary>
    public static PickleAllowList Official { get; } = new PickleAllowList()
        .With(PickleBuiltins.AddTo)
        .With(NumpyClasses.AddTo)
        .With(TorchClasses.AddTo)
        .With(ModuleDecoder.AddTo)
        .With(AddTensorFlowTo)
        .Allow("dnnlib.util", "EasyDict", PickleBuiltins.Dictionary)
        .Allow("dnnlib", "EasyDict", PickleBuiltins.Dictionary);

    /// <summary>Files of torch.save: dictionaries of tensors and training options.</summary>
    public static PickleAllowList TorchSave { get; } = new PickleAllowList()
        .With(PickleBuiltins.AddTo)
        .With(NumpyClasses.AddTo)
        .With(TorchClasses.AddTensorsTo)
        .With(TorchClasses.AddStoragesTo)
        .AllowRecord("argparse", "Namespace");

    // Recognised to say so; these files hold other networks under other names.
    private static void AddTensorFlowTo(PickleAllowList list)
    {
        foreach (string module in new[] { "dnnlib.tflib.network", "tfutil", "network" })
        {
            list.Allow(
                module,
                "Network",
                call => throw call.Error($"This is a snapshot of the time before PyTorch ({call.Type.FullName})"));
        }
    }
}
