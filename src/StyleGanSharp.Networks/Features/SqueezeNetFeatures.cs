using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The SqueezeNet space of this project: 512 numbers, small enough to be computed during training and to be passed on. Images are
/// resized to 128x128 (bilinear, pixel centres, no smoothing) and normalised with ImageNet's statistics; the last features of
/// SqueezeNet 1.1 are averaged over the pixels.
/// </summary>
public sealed class SqueezeNetFeatures : IFeatureExtractor
{
    private const int Side = 128;

    private static readonly Operator Bilinear = new("aten::upsample_bilinear2d");

    private readonly SqueezeNet network;
    private readonly Device device;
    private readonly Tensor mean;
    private readonly Tensor deviation;

    private SqueezeNetFeatures(SqueezeNet network, Device device)
    {
        (this.network, this.device) = (network, device);
        using var scope = new TensorScope();
        mean = Tensor.From([0.485f, 0.456f, 0.406f], [3, 1, 1]).To(device).Own();
        deviation = Tensor.From([0.229f, 0.224f, 0.225f], [3, 1, 1]).To(device).Own();
    }

    /// <inheritdoc/>
    public string Name => "squeezenet";

    /// <inheritdoc/>
    public int Size => SqueezeNet.Channels;

    /// <summary>Loads the weights.</summary>
    /// <param name="path">
    /// A safetensors file with torchvision's names <c>features.N</c>, alone or inside LPIPS (<c>net.features.N</c>).
    /// </param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The file holds something else.</exception>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SqueezeNetFeatures Load(string path, Device device)
    {
        using SafetensorsFile file = Safetensors.Read(path);
        return new SqueezeNetFeatures(SqueezeNetFile.ReadBackbone(path, file, device), device);
    }

    /// <inheritdoc/>
    public Tensor Extract(Tensor images)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor x = FeaturePixels.ToRgb(images).To(device).To(DType.Float32) / 255;
        x = Bilinear.Call(x, new long[] { Side, Side }, false); // [N, 3, 128, 128]
        x = (x - mean) / deviation;
        return scope.Keep(network.Forward(x)[^1].Mean([2, 3])); // [N, 512]
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        mean.Dispose();
        deviation.Dispose();
    }
}
