using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Checkpoints.TensorFlow;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>The allow-lists of the known snapshot families. Built once; nothing changes them afterwards.</summary>
internal static class SnapshotClasses
{
    /// <summary>
    /// Official snapshots: StyleGAN2-ADA and StyleGAN3 (PyTorch), and all that came before (TensorFlow, Theano).
    /// </summary>
    public static PickleAllowList Official { get; } = new PickleAllowList()
        .With(PickleBuiltins.AddTo)
        .With(NumpyClasses.AddTo)
        .With(TorchClasses.AddTo)
        .With(ModuleDecoder.AddTo)
        .With(TfNetworkObject.AddTo)
        .Allow("dnnlib.util", "EasyDict", PickleBuiltins.Dictionary)
        .Allow("dnnlib", "EasyDict", PickleBuiltins.Dictionary)
        .KeepForeign();

    /// <summary>Files of torch.save: dictionaries of tensors and training options, or the modules of official programs.</summary>
    public static PickleAllowList TorchSave { get; } = new PickleAllowList()
        .With(PickleBuiltins.AddTo)
        .With(NumpyClasses.AddTo)
        .With(TorchClasses.AddTensorsTo)
        .With(TorchClasses.AddStoragesTo)
        .With(ModuleDecoder.AddTo)
        .Allow("dnnlib.util", "EasyDict", PickleBuiltins.Dictionary)
        .Allow("dnnlib", "EasyDict", PickleBuiltins.Dictionary)
        .AllowRecord("argparse", "Namespace")
        .KeepForeign();
}
