using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Learned perceptual distance (LPIPS, version 0.1) on SqueezeNet 1.1: differences of unit feature vectors, weighted by channel,
/// averaged over pixels and added over the stages. Differentiable in the images. Source: Zhang et al., "The Unreasonable
/// Effectiveness of Deep Features as a Perceptual Metric" (2018), section 3, equation 1.
/// </summary>
public sealed class Lpips : IDisposable
{
    // Of the authors' release: keeps the length of an all-zero vector from dividing.
    private const double Epsilon = 1e-10;

    private readonly SqueezeNet network;
    private readonly LpipsHeads heads;
    private readonly Tensor shift;
    private readonly Tensor scale;

    private Lpips(SqueezeNet network, LpipsHeads heads, Device device)
    {
        (this.network, this.heads) = (network, heads);
        using var scope = new TensorScope();
        shift = Tensor.From([-0.030f, -0.088f, -0.188f], [3, 1, 1]).To(device).Own();
        scale = Tensor.From([0.458f, 0.448f, 0.450f], [3, 1, 1]).To(device).Own();
    }

    /// <summary>Loads backbone and heads.</summary>
    /// <param name="path">A safetensors file with <c>net.features.N</c> and <c>linN.model.1.weight</c>.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The file holds something else.</exception>
    /// <exception cref="SafetensorsException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Lpips Load(string path, Device device)
    {
        using SafetensorsFile file = Safetensors.Read(path);
        SqueezeNet network = SqueezeNetFile.ReadBackbone(path, file, device);
        try
        {
            return new Lpips(
                network, SqueezeNetFile.Load(path, new LpipsHeads(), file, "lin", "heads of LPIPS for SqueezeNet", device),
                device);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Distances of pairs.</summary>
    /// <param name="a">[N, 3, H, W] float32 in [-1, 1], sides of at least 17.</param>
    /// <param name="b">The other images, of the same shape.</param>
    /// <returns>[N] float32, not negative; 0 for equal images.</returns>
    /// <exception cref="ShapeException">The shapes differ, or there are no three channels.</exception>
    public Tensor Distance(Tensor a, Tensor b)
    {
        Shape.Require(a, [null, 3, null, null]);
        Shape.Require(b, [a.Size(0), 3, a.Size(2), a.Size(3)]);
        using var scope = new TensorScope();
        Tensor[] stagesA = network.Forward((a - shift) / scale);
        Tensor[] stagesB = network.Forward((b - shift) / scale);
        Tensor total = Tensor.Zeros([a.Size(0)], device: a.Device);
        for (int i = 0; i < stagesA.Length; i++)
        {
            Tensor difference = (Unit(stagesA[i]) - Unit(stagesB[i])).Square(); // [N, C, H', W']
            total += (difference * heads[i]).Sum([1], keepDim: true).Mean([1, 2, 3]);
        }

        return scope.Keep(total);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        heads.Dispose();
        shift.Dispose();
        scale.Dispose();
    }

    private static Tensor Unit(Tensor x) => x / (x.Square().Sum([1], keepDim: true).Sqrt() + Epsilon);
}
