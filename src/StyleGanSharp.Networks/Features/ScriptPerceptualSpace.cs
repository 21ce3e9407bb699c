using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The perceptual distance inside a TorchScript detector, e.g. the field's VGG16: <c>return_lpips</c> makes it return vectors
/// whose squared distance is LPIPS, <c>resize_images</c> set to false keeps it from resizing.
/// </summary>
/// <remarks>
/// A TorchScript file holds code that is executed (see <see cref="ScriptModule"/>): only a file that the user named is loaded.
/// </remarks>
public sealed class ScriptPerceptualSpace : IPerceptualSpace
{
    private const int ProbeSide = 64;

    private readonly ScriptModule module;
    private readonly bool ownsModule;
    private readonly Device device;

    /// <summary>Tries a module on one black image.</summary>
    /// <param name="module">The detector, on the device.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="ownsModule">Whether <see cref="Dispose"/> frees the module.</param>
    internal ScriptPerceptualSpace(ScriptModule module, Device device, bool ownsModule)
    {
        (this.module, this.device, this.ownsModule) = (module, device, ownsModule);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Embed(Tensor.Zeros([1, 3, ProbeSide, ProbeSide]));
    }

    /// <summary>Name of the file without its extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(module.Path);

    /// <summary>Loads a detector and tries it on one black image.</summary>
    /// <param name="path">A TorchScript file that the user named, or a pickle that holds the bytes of one.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The module returns no vectors.</exception>
    /// <exception cref="ScriptModuleException">The file is no TorchScript, damaged, or fails when it is called.</exception>
    /// <exception cref="Checkpoints.SnapshotException">A pickle is damaged or asks for foreign code.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScriptPerceptualSpace Load(string path, Device device)
    {
        ScriptModule module = FeatureFile.LoadScript(path, device);
        try
        {
            return new ScriptPerceptualSpace(module, device, ownsModule: true);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="FeatureException">The module returned something else than a vector for each image.</exception>
    public Tensor Embed(Tensor images)
    {
        Shape.Require(images, [null, 3, null, null]);
        using var scope = new TensorScope();
        Tensor vectors = module.Call(
            images.To(device).To(DType.Float32), ("resize_images", false), ("return_lpips", true));
        return vectors.Dim == 2 && vectors.Size(0) == images.Size(0) && vectors.Size(1) > 0
            ? scope.Keep(vectors.To(DType.Float32))
            : throw new FeatureException(
                $"{module.Path} gives no perceptual distance: for {images.Size(0)} images it returned "
                    + $"{Shape.Format(vectors.Shape)}, and [{images.Size(0)}, numbers] is needed.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsModule)
        {
            module.Dispose();
        }
    }
}
