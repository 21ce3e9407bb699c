using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>The weights of feature networks that lie beside the program (models/lpips).</summary>
public static class ShippedFeatures
{
    /// <summary>SqueezeNet 1.1 with heads of LPIPS: a feature space and a perceptual distance.</summary>
    public static string SqueezeNetPath =>
        Path.Combine(AppContext.BaseDirectory, "models", "lpips", "squeezenet.safetensors");

    /// <summary>Opens the SqueezeNet space.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="resize">How images get their size.</param>
    /// <exception cref="FeatureException">The file is missing or damaged.</exception>
    public static IFeatureExtractor OpenFeatures(Device device, FeatureResize resize = FeatureResize.Own) =>
        FeatureExtractors.Open(Required(SqueezeNetPath), device, resize);

    /// <summary>Opens LPIPS on SqueezeNet.</summary>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The file is missing or damaged.</exception>
    public static IPerceptualSpace OpenPerceptual(Device device) => PerceptualSpaces.Open([Required(SqueezeNetPath)], device);

    private static string Required(string path) => File.Exists(path)
        ? path
        : throw new FeatureException($"{path}, which belongs to the program, is missing: install the program again.");
}
