using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>Opens a file of a feature network, whichever it is.</summary>
public static class FeatureExtractors
{
    /// <summary>
    /// Opens SqueezeNet (safetensors, or a file of torch.save) or a detector (TorchScript, alone or inside a pickle).
    /// </summary>
    /// <param name="path">A file that the user named: TorchScript is executed.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size.</param>
    /// <exception cref="FeatureException">
    /// The file cannot be used; also for damaged files and for those that cannot be read.
    /// </exception>
    public static IFeatureExtractor Open(string path, Device device, FeatureResize resize = FeatureResize.Own)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FeatureFile.Reading<IFeatureExtractor>(path, () => FeatureFile.IsScript(path)
            ? ScriptFeatures.Load(path, device, resize)
            : SqueezeNetFeatures.Load(path, device, resize));
    }
}
