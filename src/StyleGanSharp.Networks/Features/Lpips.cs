using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Learned perceptual distance (LPIPS, version 0.1) on SqueezeNet 1.1, AlexNet or VGG16, whichever the file holds: differences of
/// unit feature vectors, weighted by channel, averaged over pixels and added over the stages. Differentiable in the images.
/// Source: Zhang et al., "The Unreasonable Effectiveness of Deep Features as a Perceptual Metric" (2018), section 3, equation 1.
/// </summary>
public sealed class Lpips : IPerceptualSpace
{
    // Of the authors' release: keeps the length of an all-zero vector from dividing.
    private const double Epsilon = 1e-10;

    // Far below Epsilon squared, so it changes no value, but the root of zero has no gradient.
    private const double LeastSquare = 1e-30;

    private readonly PerceptualBackbone network;
    private readonly LpipsHeads heads;
    private readonly Device device;
    private readonly Tensor shift;
    private readonly Tensor scale;

    private Lpips(PerceptualBackbone network, LpipsHeads heads, Device device)
    {
        (this.network, this.heads, this.device) = (network, heads, device);
        using var scope = new TensorScope();
        shift = Tensor.From([-0.030f, -0.088f, -0.188f], [3, 1, 1]).To(device).Own();
        scale = Tensor.From([0.458f, 0.448f, 0.450f], [3, 1, 1]).To(device).Own();
    }

    /// <summary><c>lpips-squeeze</c>, <c>lpips-alex</c> or <c>lpips-vgg</c>.</summary>
    public string Name => $"lpips-{network.Name}";

    /// <summary>Loads backbone and heads from one file.</summary>
    /// <inheritdoc cref="Load(IReadOnlyList{string}, Device)"/>
    public static Lpips Load(string path, Device device) => Load([path], device);

    /// <summary>Loads backbone and heads.</summary>
    /// <param name="paths">
    /// One file with both, or a file each in any order: safetensors, or files of torch.save, which are read as data. Backbones
    /// have the names <c>net.features.N</c>, torchvision's <c>features.N</c> or the authors' <c>net.sliceK.N</c>; heads are
    /// <c>linN.model.1.weight</c>, not negative. Where both files have heads, the last one's are taken.
    /// </param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The files hold something else.</exception>
    /// <exception cref="SafetensorsException">A safetensors file is damaged.</exception>
    /// <exception cref="Checkpoints.SnapshotException">A torch file is damaged or asks for foreign code.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Lpips Load(IReadOnlyList<string> paths, Device device)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count is not (1 or 2))
        {
            throw new FeatureException($"LPIPS is read from one file or from two, backbone and heads, not from {paths.Count}.");
        }

        var files = new List<WeightFile>();
        PerceptualBackbone? network = null;
        try
        {
            foreach (string path in paths)
            {
                files.Add(WeightFile.Open(path));
            }

            network = BackboneFile.Read(files.Find(BackboneFile.HasBackbone) ?? files[0], device);
            WeightFile heads = files.FindLast(BackboneFile.HasHeads) ?? files[^1];
            return new Lpips(network, BackboneFile.ReadHeads(heads, network, device), device);
        }
        catch
        {
            network?.Dispose();
            throw;
        }
        finally
        {
            files.ForEach(f => f.Dispose());
        }
    }

    /// <summary>Distances of pairs, by the definition: what <see cref="Embed"/> must agree with.</summary>
    /// <param name="a">[N, 3, H, W] float32 in [-1, 1], sides of at least 17 (SqueezeNet), 31 (AlexNet) or 16 (VGG16).</param>
    /// <param name="b">The other images, of the same shape.</param>
    /// <returns>[N] float32, not negative; 0 for equal images.</returns>
    /// <exception cref="ShapeException">The shapes differ, there are no three channels, or the images are too small.</exception>
    public Tensor Distance(Tensor a, Tensor b)
    {
        RequireImages(a);
        Shape.Require(b, [a.Size(0), 3, a.Size(2), a.Size(3)]);
        using var scope = new TensorScope();
        Tensor[] stagesA = Stages(a);
        Tensor[] stagesB = Stages(b);
        Tensor total = Tensor.Zeros([a.Size(0)], device: device);
        for (int i = 0; i < stagesA.Length; i++)
        {
            Tensor difference = (stagesA[i] - stagesB[i]).Square(); // [N, C, H', W']
            total += (difference * heads[i]).Sum([1], keepDim: true).Mean([1, 2, 3]);
        }

        return scope.Keep(total);
    }

    /// <inheritdoc/>
    public Tensor Embed(Tensor images)
    {
        RequireImages(images);
        using var scope = new TensorScope();
        Tensor[] stages = Stages((images / 127.5) - 1);
        for (int i = 0; i < stages.Length; i++)
        {
            // The mean over pixels and the weight of a channel go into the square, so their root goes into the vector.
            Tensor weight = (heads[i] / (stages[i].Size(2) * stages[i].Size(3))).Sqrt(); // [1, C, 1, 1]
            stages[i] = (stages[i] * weight).Reshape(images.Size(0), -1);
        }

        return scope.Keep(Tensor.Cat(stages, dim: 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        network.Dispose();
        heads.Dispose();
        shift.Dispose();
        scale.Dispose();
    }

    private static Tensor Unit(Tensor x) =>
        x / (x.Square().Sum([1], keepDim: true).Clamp(LeastSquare, null).Sqrt() + Epsilon);

    private Tensor[] Stages(Tensor images)
    {
        using var scope = new TensorScope();
        return scope.Keep(Array.ConvertAll(network.Forward((images.To(device) - shift) / scale), Unit));
    }

    private void RequireImages(Tensor images)
    {
        Shape.Require(images, [null, 3, null, null]);
        if (Math.Min(images.Size(2), images.Size(3)) < network.LeastSide)
        {
            throw new ShapeException(
                $"{network.Title} takes images of at least {network.LeastSide}x{network.LeastSide}, got {images}",
                nameof(images));
        }
    }
}
