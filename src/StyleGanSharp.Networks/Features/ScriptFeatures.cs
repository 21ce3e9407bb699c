using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// A detector of the field as a TorchScript file, e.g. the Inception network of the Fréchet distance: it takes 8-bit images,
/// resizes them itself and returns features where <c>return_features</c> is set.
/// </summary>
/// <remarks>
/// A TorchScript file holds code that is executed (see <see cref="ScriptModule"/>): only a file that the user named is loaded.
/// </remarks>
public sealed class ScriptFeatures : IFeatureExtractor
{
    // More than any network of the field has (VGG16: 4096); a covariance of that size still fits into memory.
    private const int MaxSize = 16384;

    // The smallest image that every detector takes: some do not enlarge.
    private const int ProbeSide = 64;

    private readonly ScriptModule module;
    private readonly Device device;

    private ScriptFeatures(ScriptModule module, Device device)
    {
        (this.module, this.device) = (module, device);
        using var scope = new TensorScope();
        Tensor probe = Call(Tensor.Zeros([1, 3, ProbeSide, ProbeSide], DType.UInt8, device));
        Size = probe.Dim == 2 && probe.Size(0) == 1 && probe.Size(1) is > 0 and <= MaxSize
            ? (int)probe.Size(1)
            : throw new FeatureException(
                $"{module.Path} is not a detector: for one image it returned {Shape.Format(probe.Shape)}, "
                    + $"and [1, features] is needed.");
    }

    /// <summary>Name of the file without its extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(module.Path);

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Loads a detector and tries it on one black image.</summary>
    /// <param name="path">A TorchScript file that the user named.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The module is no detector.</exception>
    /// <exception cref="ScriptModuleException">The file is no TorchScript, damaged, or fails when it is called.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScriptFeatures Load(string path, Device device)
    {
        ScriptModule module = ScriptModule.Load(path, device);
        try
        {
            return new ScriptFeatures(module, device);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Tensor Extract(Tensor images)
    {
        using var scope = new TensorScope();
        Tensor features = Call(FeaturePixels.ToRgb(images).To(device));
        return features.Shape is [var count, var size] && count == images.Size(0) && size == Size
            ? scope.Keep(features.To(DType.Float32))
            : throw new FeatureException(
                $"{module.Path} returned {Shape.Format(features.Shape)} for {images.Size(0)} images, "
                    + $"and [{images.Size(0)}, {Size}] is needed.");
    }

    /// <inheritdoc/>
    public void Dispose() => module.Dispose();

    private Tensor Call(Tensor images)
    {
        using GradMode mode = GradMode.Off();
        return module.Call(images, ("return_features", true));
    }
}
