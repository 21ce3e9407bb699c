namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>How a file with networks is put together.</summary>
public enum SnapshotContainer
{
    /// <summary>One pickle, as the official programs write it.</summary>
    Pickle,

    /// <summary>torch.save before PyTorch 1.6: several pickles and the numbers behind them.</summary>
    TorchStream,

    /// <summary>torch.save since PyTorch 1.6: a zip archive.</summary>
    TorchZip,

    /// <summary>A network file of this program.</summary>
    Safetensors,
}
