using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// Maps latents z and labels c to intermediate latents w. Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 2
/// and appendix C.
/// </summary>
public sealed class MappingNetwork : Module
{
    private readonly GeneratorOptions options;
    private readonly int numWs;
    private readonly LabelProjection? label;
    private readonly DenseLayer[] layers;

    /// <summary>Creates the network.</summary>
    /// <param name="numWs">How often w is repeated.</param>
    /// <param name="options">The generator's options.</param>
    /// <param name="init">First values.</param>
    internal MappingNetwork(int numWs, GeneratorOptions options, Initializer init)
    {
        (this.options, this.numWs) = (options, numWs);
        label = options.CDim > 0 ? AddModule("label", new LabelProjection(options.CDim, options.ZDim, init)) : null;
        layers = new DenseLayer[options.MappingLayers];
        int features = options.CDim > 0 ? 2 * options.ZDim : options.ZDim;
        for (int i = 0; i < layers.Length; i++)
        {
            int next = i == layers.Length - 1 ? options.WDim : options.MappingFeatures;
            layers[i] = AddModule($"fc{i}", new DenseLayer(features, next, init, options.Activation, options.MappingLrMultiplier));
            features = next;
        }

        if (features != options.WDim)
        {
            throw new ArgumentException($"Without mapping layers w has {features} numbers, not {options.WDim}.", nameof(options));
        }

        WAvg = options.WAvgBeta is null ? null : AddBuffer("w_avg", Tensor.Zeros([options.WDim]));
    }

    /// <summary>Running average of w, [WDim]; null where none is kept.</summary>
    public Tensor? WAvg { get; }

    /// <summary>Maps latents.</summary>
    /// <param name="z">[N, ZDim] of N(0,1), any floating-point dtype.</param>
    /// <param name="c">Labels, [N, CDim]; null for an unconditional network.</param>
    /// <param name="updateAverage">Let the batch move <see cref="WAvg"/> (training).</param>
    /// <returns>[N, NumWs, WDim] float32, not truncated.</returns>
    /// <exception cref="ShapeException">z or c are missing or have another size.</exception>
    public Tensor Forward(Tensor z, Tensor? c = null, bool updateAverage = false)
    {
        Shape.Require(z, [null, options.ZDim]);
        using var scope = new TensorScope();

        // Latents and label side by side, normalised together.
        Tensor x = z.To(DType.Float32);
        x = label is null ? x : Tensor.Cat([x, label.Forward(c)], 1);
        x = options.NormalizeLatents ? SecondMoment.Normalize(x) : x;
        foreach (DenseLayer layer in layers)
        {
            x = layer.Forward(x);
        }

        if (updateAverage && WAvg is not null)
        {
            UpdateAverage(x);
        }

        return scope.Keep(x.Unsqueeze(1).Repeat(1, numWs, 1)); // [N, NumWs, WDim]
    }

    // w_avg = mean + beta (w_avg - mean)
    private void UpdateAverage(Tensor w)
    {
        using GradMode mode = GradMode.Off();
        WAvg!.CopyInPlace(w.Detach().Mean([0]).Lerp(WAvg, options.WAvgBeta!.Value));
    }
}
