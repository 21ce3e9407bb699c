using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The SqueezeNet space of this project: 512 numbers, small enough to be computed during training and to be passed on. Images are
/// resized to 128x128 (bilinear, pixel centres, no smoothing; or by <see cref="CleanResize"/>) and normalised with ImageNet's
/// statistics; the last features of SqueezeNet 1.1 are averaged over the pixels.
/// </summary>
public sealed class SqueezeNetFeatures : IFeatureExtractor
{
    private const int Side = 128;

    private static readonly Operator Bilinear = new("aten::upsample_bilinear2d");

    private readonly SqueezeNet network;
    private readonly Device device;
    private readonly FeatureResize resize;
    private readonly Tensor mean;
    private readonly Tensor deviation;

    private SqueezeNetFeatures(SqueezeNet network, Device device, FeatureResize resize)
    {
        (this.network, this.device, this.resize) = (network, device, resize);
        using var scope = new TensorScope();
        mean = Tensor.From([0.485f, 0.456f, 0.406f], [3, 1, 1]).To(device).Own();
        deviation = Tensor.From([0.229f, 0.224f, 0.225f], [3, 1, 1]).To(device).Own();
    }

    /// <inheritdoc/>
    public string Name => resize == FeatureResize.Clean ? "squeezenet-clean" : "squeezenet";

    /// <inheritdoc/>
    public int Size => SqueezeNet.Features;

    /// <inheritdoc/>
    public string ResizeFilter => $"{(resize == FeatureResize.Clean ? "clean" : "bilinear")} {Side}";

    /// <summary>False: the classifier is not part of this space.</summary>
    public bool HasProbabilities => false;

    /// <summary>Loads the weights.</summary>
    /// <param name="path">
    /// A safetensors or torch file with torchvision's names <c>features.N</c>, alone or inside LPIPS (<c>net.features.N</c>).
    /// </param>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size.</param>
    /// <exception cref="FeatureException">The file holds something else.</exception>
    /// <exception cref="SafetensorsException">A safetensors file is damaged.</exception>
    /// <exception cref="Checkpoints.SnapshotException">A torch file is damaged or asks for foreign code.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SqueezeNetFeatures Load(string path, Device device, FeatureResize resize = FeatureResize.Own)
    {
        using WeightFile file = WeightFile.Open(path);
        return new SqueezeNetFeatures(BackboneFile.ReadSqueezeNet(file, device), device, resize);
    }

    /// <inheritdoc/>
    public Tensor Extract(Tensor images)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor x = FeaturePixels.ToRgb(images).To(device);
        x = resize == FeatureResize.Clean
            ? CleanResize.To(x, Side) / 255
            : Bilinear.Call(x.To(DType.Float32) / 255, new long[] { Side, Side }, false); // [N, 3, 128, 128]
        x = (x - mean) / deviation;
        return scope.Keep(network.Forward(x)[^1].Mean([2, 3])); // [N, 512]
    }

    /// <summary>Always refused: see <see cref="HasProbabilities"/>.</summary>
    /// <exception cref="FeatureException">Always.</exception>
    public Tensor Probabilities(Tensor images) => throw new FeatureException(
        "The SqueezeNet space gives no class probabilities: name a detector that does, such as the field's Inception network.");

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        mean.Dispose();
        deviation.Dispose();
    }
}
