using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// A detector of the field as a TorchScript file, e.g. the Inception network of the Fréchet distance: it takes 8-bit images,
/// resizes them itself, and returns features where <c>return_features</c> is set, class probabilities where
/// <c>no_output_bias</c> is.
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

    // What Inception computes with: it leaves images of this size as they are.
    private const int CleanSide = 299;

    // Of a sum of a thousand rounded float32 numbers, with room for networks that compute in 16 bits.
    private const double SumTolerance = 1e-2;

    // Features of the same levels as bytes and as numbers are equal; a network that expects another range is far off.
    private const double FloatTolerance = 1e-3;

    private readonly ScriptModule module;
    private readonly bool ownsModule;
    private readonly Device device;
    private readonly FeatureResize resize;
    private readonly bool takesFloats;
    private readonly Lazy<string?> missingProbabilities;

    /// <summary>Tries a module on one black image.</summary>
    /// <param name="module">The detector, on the device.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size.</param>
    /// <param name="ownsModule">Whether <see cref="Dispose"/> frees the module.</param>
    internal ScriptFeatures(ScriptModule module, Device device, FeatureResize resize, bool ownsModule)
    {
        (this.module, this.device, this.resize, this.ownsModule) = (module, device, resize, ownsModule);
        using var scope = new TensorScope();
        Tensor probe = Call(Black(), Feature);
        Size = probe.Dim == 2 && probe.Size(0) == 1 && probe.Size(1) is > 0 and <= MaxSize
            ? (int)probe.Size(1)
            : throw new FeatureException(
                $"{module.Path} is not a detector: for one image it returned {Shape.Format(probe.Shape)}, "
                    + $"and [1, features] is needed.");
        takesFloats = resize == FeatureResize.Clean && TakesFloats();

        // Tried when it is first asked for: most metrics need features alone.
        missingProbabilities = new Lazy<string?>(FindProbabilities);
    }

    /// <summary>Name of the file without its extension; <c>-clean</c> is added where images are resized cleanly.</summary>
    public string Name =>
        Path.GetFileNameWithoutExtension(module.Path) + (resize == FeatureResize.Clean ? "-clean" : "");

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string ResizeFilter => resize == FeatureResize.Own ? "the detector's own"
        : $"clean {CleanSide} ({(takesFloats ? "float32" : "rounded to 8 bits")})";

    /// <summary>Whether the detector returns probabilities where <c>no_output_bias</c> is set; tried on the first call.</summary>
    public bool HasProbabilities => missingProbabilities.Value is null;

    private static (string Name, bool Value) Feature => ("return_features", true);

    private static (string Name, bool Value) Probability => ("no_output_bias", true);

    /// <summary>Loads a detector and tries it on one black image.</summary>
    /// <param name="path">A TorchScript file that the user named, or a pickle that holds the bytes of one.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size.</param>
    /// <exception cref="FeatureException">The module is no detector.</exception>
    /// <exception cref="ScriptModuleException">The file is no TorchScript, damaged, or fails when it is called.</exception>
    /// <exception cref="Checkpoints.SnapshotException">A pickle is damaged or asks for foreign code.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ScriptFeatures Load(string path, Device device, FeatureResize resize = FeatureResize.Own)
    {
        ScriptModule module = FeatureFile.LoadScript(path, device);
        try
        {
            return new ScriptFeatures(module, device, resize, ownsModule: true);
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
        Tensor features = Call(Prepared(images), Feature);
        return features.Shape is [var count, var size] && count == images.Size(0) && size == Size
            ? scope.Keep(features.To(DType.Float32))
            : throw new FeatureException(
                $"{module.Path} returned {Shape.Format(features.Shape)} for {images.Size(0)} images, "
                    + $"and [{images.Size(0)}, {Size}] is needed.");
    }

    /// <inheritdoc/>
    public Tensor Probabilities(Tensor images)
    {
        if (missingProbabilities.Value is { } missing)
        {
            throw new FeatureException($"{module.Path} gives no class probabilities: {missing}.");
        }

        using var scope = new TensorScope();
        Tensor probabilities = Call(Prepared(images), Probability).To(DType.Float32);
        return Problem(probabilities, images.Size(0)) is { } problem
            ? throw new FeatureException($"{module.Path} gives no class probabilities: {problem}.")
            : scope.Keep(probabilities);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsModule)
        {
            module.Dispose();
        }
    }

    // What is wrong with a result, as the rest of a sentence; null: it is a distribution for each image.
    private static string? Problem(Tensor probabilities, long images)
    {
        if (probabilities.Dim != 2 || probabilities.Size(0) != images || probabilities.Size(1) is < 2 or > MaxSize)
        {
            return $"it returned {Shape.Format(probabilities.Shape)} for {images} images, and [{images}, classes] is needed";
        }

        if (probabilities.Min().Item() < 0)
        {
            return "it returned negative numbers where probabilities are needed";
        }

        foreach (double sum in probabilities.Sum([1]).ToArray<double>())
        {
            if (!(Math.Abs(sum - 1) <= SumTolerance))
            {
                return $"it returned a row that sums to {sum:0.###}, and probabilities sum to one";
            }
        }

        return null;
    }

    private Tensor Prepared(Tensor images)
    {
        using var scope = new TensorScope();
        Tensor x = FeaturePixels.ToRgb(images).To(device);
        if (resize == FeatureResize.Own)
        {
            return scope.Keep(x);
        }

        x = CleanResize.To(x, CleanSide);
        return scope.Keep(takesFloats ? x : x.Round().To(DType.UInt8));
    }

    private bool TakesFloats()
    {
        using var scope = new TensorScope();
        const int count = 3 * ProbeSide * ProbeSide;
        byte[] ramp = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7))];
        Tensor bytes = Tensor.From(ramp, [1, 3, ProbeSide, ProbeSide]).To(device);
        try
        {
            Tensor expected = Call(bytes, Feature).To(DType.Float32);
            Tensor actual = Call(bytes.To(DType.Float32), Feature).To(DType.Float32);
            return actual.Shape.SequenceEqual(expected.Shape)
                && (actual - expected).Abs().Max().Item() <= FloatTolerance * Math.Max(1, expected.Abs().Max().Item());
        }
        catch (ScriptModuleException)
        {
            return false;
        }
    }

    private string? FindProbabilities()
    {
        using var scope = new TensorScope();
        try
        {
            return Problem(Call(Black(), Probability).To(DType.Float32), 1);
        }
        catch (ScriptModuleException e)
        {
            // The sentence begins with the file.
            return $"it {e.Message[module.Path.Length..].Trim().TrimEnd('.')}";
        }
    }

    private Tensor Black() => Tensor.Zeros([1, 3, ProbeSide, ProbeSide], DType.UInt8, device);

    private Tensor Call(Tensor images, (string Name, bool Value) flag)
    {
        using GradMode mode = GradMode.Off();
        return module.Call(images, flag);
    }
}
