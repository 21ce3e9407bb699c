using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// A file of a feature network with all that it can do: features, class probabilities, perceptual distance. A TorchScript module
/// is in memory once, whichever of them are used.
/// </summary>
public sealed class Detector : IDisposable
{
    private readonly IDisposable? module;

    private Detector(string path, IFeatureExtractor? features, IPerceptualSpace? perceptual, IDisposable? module = null) =>
        (Path, Features, Perceptual, this.module) = (path, features, perceptual, module);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The feature space; null: the file has none. Belongs to this object.</summary>
    public IFeatureExtractor? Features { get; }

    /// <summary>Whether <see cref="Features"/> gives class probabilities.</summary>
    public bool HasProbabilities => Features?.HasProbabilities ?? false;

    /// <summary>The perceptual distance; null: the file has none. Belongs to this object.</summary>
    public IPerceptualSpace? Perceptual { get; }

    /// <summary>Opens a file and finds out what it can do.</summary>
    /// <param name="path">A file that the user named: TorchScript is executed.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size before <see cref="Features"/>.</param>
    /// <exception cref="FeatureException">
    /// The file can do nothing of it; also for damaged files and for those that cannot be read.
    /// </exception>
    public static Detector Open(string path, Device device, FeatureResize resize = FeatureResize.Own)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return FeatureFile.Reading(path, () =>
            FeatureFile.IsScript(path) ? OpenScript(path, device, resize) : OpenWeights(path, device, resize));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features?.Dispose();
        Perceptual?.Dispose();
        module?.Dispose();
    }

    private static Detector OpenScript(string path, Device device, FeatureResize resize)
    {
        ScriptModule module = FeatureFile.LoadScript(path, device);
        try
        {
            (ScriptFeatures? features, Exception? problem) =
                Try(() => new ScriptFeatures(module, device, resize, ownsModule: false));
            (ScriptPerceptualSpace? perceptual, _) = Try(() => new ScriptPerceptualSpace(module, device, ownsModule: false));
            return features is null && perceptual is null
                ? throw new FeatureException(problem!.Message, problem)
                : new Detector(path, features, perceptual, module);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static (T? Made, Exception? Problem) Try<T>(Func<T> make)
        where T : class
    {
        try
        {
            return (make(), null);
        }
        catch (Exception e) when (e is FeatureException or ScriptModuleException)
        {
            return (null, e);
        }
    }

    private static Detector OpenWeights(string path, Device device, FeatureResize resize)
    {
        (bool hasFeatures, bool hasHeads) = Contents(path);
        SqueezeNetFeatures? features = hasFeatures ? SqueezeNetFeatures.Load(path, device, resize) : null;
        try
        {
            return new Detector(path, features, hasHeads ? Lpips.Load(path, device) : null);
        }
        catch
        {
            features?.Dispose();
            throw;
        }
    }

    /// <exception cref="FeatureException">Neither is there.</exception>
    /// <exception cref="SnapshotException">A torch file is damaged.</exception>
    private static (bool Features, bool Perceptual) Contents(string path)
    {
        using WeightFile file = WeightFile.Open(path);
        (bool features, bool heads) = (BackboneFile.HasSqueezeNet(file), BackboneFile.HasHeads(file));
        return features || heads
            ? (features, heads)
            : throw new FeatureException(
                $"{path} is not a detector: SqueezeNet 1.1, or a network with heads of LPIPS, is needed, as tensors named "
                    + $"net.features.N or features.N and linN.model.1.weight.");
    }
}
