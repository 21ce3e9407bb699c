using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Attributes;

/// <summary>
/// An attribute network as a classifier: a quantity counts as had above its median over the training data, whose place the
/// standardised output tells up to the difference of mean and median; <see cref="Calibrate"/> takes it from real images.
/// </summary>
public sealed class AttributeNetworkClassifier : IAttributeClassifier
{
    private static readonly Operator Bilinear = new("aten::upsample_bilinear2d");

    private readonly AttributeNetwork network;
    private readonly Device device;
    private float[] thresholds;

    /// <summary>Takes over a network.</summary>
    /// <param name="name">For results.</param>
    /// <param name="network">Disposed with this object.</param>
    /// <param name="device">Where it lies.</param>
    public AttributeNetworkClassifier(string name, AttributeNetwork network, Device device)
    {
        ArgumentNullException.ThrowIfNull(network);
        (Name, this.network, this.device) = (name, network, device);
        Attributes = [.. network.Options.Attributes.Select(a => a.Name)];
        thresholds = new float[Attributes.Count];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Attributes { get; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor images)
    {
        using var scope = new TensorScope();
        return scope.Keep(Raw(images) - Tensor.From(thresholds, [thresholds.Length]).To(device));
    }

    /// <summary>Puts the limit of every measured quantity at its median over images; probabilities keep theirs of one half.</summary>
    /// <param name="logits">Of many images, rows of <see cref="Logits"/>.</param>
    internal void Calibrate(IReadOnlyList<float[]> logits)
    {
        for (int a = 0; a < Attributes.Count; a++)
        {
            if (network.Options.Attributes[a].Kind == AttributeKind.Value)
            {
                float[] sorted = [.. logits.Select(row => row[a]).Order()];
                thresholds[a] += sorted[sorted.Length / 2];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();

    // Standardised values and logits of probabilities.
    private Tensor Raw(Tensor images)
    {
        Tensor x = (FeaturePixels.ToRgb(images).To(device).To(DType.Float32) / 127.5) - 1;
        int side = network.Options.Resolution;
        if (x.Size(2) != side || x.Size(3) != side)
        {
            // Large images are averaged first: sampling alone would skip pixels.
            int box = (int)Math.Max(1, Math.Min(x.Size(2), x.Size(3)) / side);
            if (x.Size(2) % box == 0 && x.Size(3) % box == 0)
            {
                x = Boxes.Average(x, box);
            }

            x = Bilinear.Call(x, new long[] { side, side }, false);
        }

        return network.Forward(x).Slice(1, 0, Attributes.Count);
    }
}
