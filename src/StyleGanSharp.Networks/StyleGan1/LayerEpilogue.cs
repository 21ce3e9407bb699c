using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// What follows every convolution: noise, bias, activation, normalisation and style (AdaIN). Source: Karras et al. (2019),
/// section 2, equation 1 and figure 1 (b).
/// </summary>
internal sealed class LayerEpilogue : Module
{
    // Keeps the division finite for constant maps.
    private const double Epsilon = 1e-8;

    private readonly GeneratorOptions options;
    private readonly string name;
    private readonly Tensor? noiseConst;
    private readonly Tensor? noiseWeight;
    private readonly Tensor bias;
    private readonly FullyConnected? style;

    /// <param name="name">Name of the layer within the network, under which noise is asked for.</param>
    /// <param name="channels">Feature maps.</param>
    /// <param name="resolution">Width and height.</param>
    /// <param name="options">The network's options.</param>
    /// <param name="init">First values.</param>
    internal LayerEpilogue(string name, int channels, int resolution, GeneratorOptions options, Initializer init)
    {
        (this.name, this.options) = (name, options);
        if (options.UseNoise)
        {
            noiseConst = AddBuffer("noise_const", init.Normal([resolution, resolution]));
            noiseWeight = AddParameter("noise_weight", Tensor.Zeros([channels]));
        }

        bias = AddParameter("bias", Tensor.Zeros([channels]));
        style = options.UseStyles ? AddModule("style", new FullyConnected(options.WDim, 2 * channels, init)) : null;
    }

    /// <summary>Under which name noise is asked for, and what is stored; null: the layer has none.</summary>
    internal NoiseLayer? NoiseLayer => noiseConst is null ? null : new NoiseLayer(name, noiseConst);

    /// <summary>[N, C, H, W] and w [N, WDim] to [N, C, H, W].</summary>
    internal Tensor Forward(Tensor x, Tensor w, NoiseInput noise)
    {
        using var scope = new TensorScope();
        Tensor? unit = noiseConst is null ? null : noise.For(name, noiseConst, x.Size(0)); // [H, W] or [N, 1, H, W]
        x = unit is null ? x : x + unit * noiseWeight!.Reshape(1, -1, 1, 1);
        x = BiasAct.Apply(x, bias, activation: options.Activation, gain: 1);
        x = options.UsePixelNorm ? SecondMoment.Normalize(x) : x;
        x = options.UseInstanceNorm ? InstanceNorm(x) : x;
        return scope.Keep(style is null ? x : Restyle(x, style.Forward(w)));
    }

    // Every map to zero mean and unit (biased) variance.
    private static Tensor InstanceNorm(Tensor x)
    {
        x = x - x.Mean([2, 3], keepDim: true);
        return x * (x.Square().Mean([2, 3], keepDim: true) + Epsilon).RSqrt();
    }

    // The first half of the style scales, as a difference from 1; the second shifts.
    private static Tensor Restyle(Tensor x, Tensor style)
    {
        long channels = x.Size(1);
        Tensor parts = style.Reshape(x.Size(0), 2, channels, 1, 1);
        return x * (parts.Select(1, 0) + 1) + parts.Select(1, 1);
    }
}
