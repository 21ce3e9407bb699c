using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Layers;

/// <summary>
/// Maps latents z and labels c to intermediate latents w. Source: Karras et al., "A Style-Based Generator Architecture" (2019),
/// section 2; truncation: appendix B.
/// </summary>
public sealed class MappingNetwork : Module
{
    private readonly FullyConnected? embed;
    private readonly LabelProjection? label;
    private readonly FullyConnected[] layers;
    private readonly MappingOptions options;

    /// <summary>Creates the network.</summary>
    /// <param name="zDim">Size of z; 0: the network maps labels only.</param>
    /// <param name="cDim">Size of the label vectors; 0: no labels.</param>
    /// <param name="wDim">Size of w.</param>
    /// <param name="numWs">
    /// How often w is repeated, once for each layer that it controls; null: not at all, and no truncation.
    /// </param>
    /// <param name="options">Everything else.</param>
    /// <param name="init">First values.</param>
    public MappingNetwork(int zDim, int cDim, int wDim, int? numWs, MappingOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        (ZDim, CDim, WDim, NumWs) = (zDim, cDim, wDim, numWs);

        bool concatenated = options.LabelInput == LabelInput.Concatenated;
        int embedFeatures = cDim == 0 ? 0 : concatenated ? zDim : options.EmbedFeatures ?? wDim;
        label = cDim > 0 && concatenated ? AddModule("label", new LabelProjection(cDim, embedFeatures, init)) : null;
        embed = cDim > 0 && !concatenated ? AddModule("embed", new FullyConnected(cDim, embedFeatures, init)) : null;
        layers = new FullyConnected[options.NumLayers];
        int features = zDim + embedFeatures;
        for (int i = 0; i < layers.Length; i++)
        {
            int next = i == layers.Length - 1 ? wDim : options.LayerFeatures ?? wDim;
            layers[i] = AddModule($"fc{i}", new FullyConnected(
                features, next, init, options.Activation, options.GainInWeights
                    ? LayerGain.Of(options.Activation) : null, options.LrMultiplier));
            features = next;
        }

        if (features != wDim)
        {
            throw new ArgumentException($"Without mapping layers w has {features} numbers, not {wDim}.", nameof(options));
        }

        WAvg = numWs is not null && options.WAvgBeta is not null ? AddBuffer("w_avg", Tensor.Zeros([wDim])) : null;
    }

    /// <summary>Size of z.</summary>
    public int ZDim { get; }

    /// <summary>Size of the label vectors.</summary>
    public int CDim { get; }

    /// <summary>Size of w.</summary>
    public int WDim { get; }

    /// <summary>How often w is repeated.</summary>
    public int? NumWs { get; }

    /// <summary>Running average of w, [WDim]: what truncation pulls towards. Null where none is kept.</summary>
    public Tensor? WAvg { get; }

    /// <summary>Maps latents.</summary>
    /// <param name="z">[N, ZDim] of N(0,1), any floating-point dtype; null where ZDim is 0.</param>
    /// <param name="c">Labels, [N, CDim], one-hot or any mixture; null where CDim is 0.</param>
    /// <param name="truncationPsi">1: none. 0: all w are the average. Negative: the opposite side of it.</param>
    /// <param name="truncationCutoff">How many of the first ws are truncated; null: all.</param>
    /// <param name="updateAverage">Let the batch move <see cref="WAvg"/> (training).</param>
    /// <returns>[N, NumWs, WDim] float32; [N, WDim] without repetition.</returns>
    /// <exception cref="ShapeException">z or c are missing or have another size.</exception>
    /// <exception cref="InvalidOperationException">Truncation is asked of a network that keeps no average.</exception>
    public Tensor Forward(
        Tensor? z, Tensor? c = null, double truncationPsi = 1, int? truncationCutoff = null, bool updateAverage = false)
    {
        using var scope = new TensorScope();
        Tensor x = Input(z, c);
        foreach (FullyConnected layer in layers)
        {
            x = layer.Forward(x);
        }

        if (updateAverage && WAvg is not null)
        {
            UpdateAverage(x);
        }

        if (NumWs is int count)
        {
            x = x.Unsqueeze(1).Repeat(1, count, 1); // [N, NumWs, WDim]
        }

        return scope.Keep(truncationPsi == 1 ? x : Truncate(x, truncationPsi, truncationCutoff));
    }

    // Latents and embedded labels, each normalised to unit mean square, side by side.
    private Tensor Input(Tensor? z, Tensor? c)
    {
        var parts = new List<Tensor>();
        if (ZDim > 0)
        {
            Shape.Require(z ?? throw new ShapeException("latents are missing", nameof(z)), [null, ZDim]);
            parts.Add(label is null ? Normalized(z.To(DType.Float32)) : WithLabel(z.To(DType.Float32), c));
        }

        if (embed is not null)
        {
            parts.Add(SecondMoment.Normalize(embed.Forward(Labels.Require(c, CDim))));
        }

        return parts.Count == 1 ? parts[0] : Tensor.Cat([.. parts], 1);
    }

    // Latents and projected labels side by side, normalised together.
    private Tensor WithLabel(Tensor z, Tensor? c) => Normalized(Tensor.Cat([z, label!.Forward(c)], 1));

    private Tensor Normalized(Tensor x) => options.NormalizeLatents ? SecondMoment.Normalize(x) : x.Alias();

    // w_avg = mean + beta (w_avg - mean)
    private void UpdateAverage(Tensor w)
    {
        using GradMode mode = GradMode.Off();
        Tensor mean = w.Detach().Mean([0]);
        WAvg!.CopyInPlace(mean.Lerp(WAvg, options.WAvgBeta!.Value));
    }

    private Tensor Truncate(Tensor ws, double psi, int? cutoff) => WAvg is null || NumWs is null
        ? throw new InvalidOperationException("The network keeps no average of w: it cannot truncate.")
        : Truncation.Uniform(psi, cutoff).Apply(ws, WAvg);
}
