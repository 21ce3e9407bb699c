using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>Opens a file of a feature network, whichever it is.</summary>
public static class FeatureExtractors
{
    /// <summary>Opens SqueezeNet (<c>.safetensors</c>) or a TorchScript detector (any other name).</summary>
    /// <param name="path">A file that the user named: TorchScript is executed.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">
    /// The file cannot be used; also for damaged files and for those that cannot be read.
    /// </exception>
    public static IFeatureExtractor Open(string path, Device device)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)
                ? SqueezeNetFeatures.Load(path, device)
                : ScriptFeatures.Load(path, device);
        }
        catch (Exception e) when (e is Torch.IO.SafetensorsException or Torch.Scripting.ScriptModuleException)
        {
            throw new FeatureException(e.Message, e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FeatureException($"{path} does not exist.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeatureException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
