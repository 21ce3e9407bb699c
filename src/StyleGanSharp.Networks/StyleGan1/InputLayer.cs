using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan1;

/// <summary>
/// Where the features come from: a learned constant (Karras et al. 2019, section 2) or a fully connected layer (traditional).
/// </summary>
internal sealed class InputLayer : Module
{
    private readonly Tensor? constant;
    private readonly Tensor? weight;
    private readonly double gain;
    private readonly int channels;
    private readonly int resolution;
    private readonly LayerEpilogue epilogue;

    internal InputLayer(int channels, int resolution, GeneratorOptions options, Initializer init)
    {
        (this.channels, this.resolution) = (channels, resolution);
        if (options.ConstInput)
        {
            constant = AddParameter("const", Tensor.Ones([channels, resolution, resolution]));
        }
        else
        {
            weight = AddParameter("weight", init.Normal([channels * resolution * resolution, options.WDim]));
            gain = LayerGain.Input / Math.Sqrt(options.WDim);
        }

        epilogue = AddModule("epilogue", new LayerEpilogue($"b{resolution}.input", channels, resolution, options, init));
    }

    /// <inheritdoc cref="LayerEpilogue.NoiseLayer"/>
    internal NoiseLayer? NoiseLayer => epilogue.NoiseLayer;

    /// <summary>w [N, WDim] to [N, C, 4, 4].</summary>
    internal Tensor Forward(Tensor w, NoiseInput noise)
    {
        using var scope = new TensorScope();
        Tensor x = constant is not null
            ? constant.Unsqueeze(0).Expand(w.Size(0), channels, resolution, resolution)
            : ProductFunction.Apply(w * gain, weight!).Reshape(-1, channels, resolution, resolution);
        return scope.Keep(epilogue.Forward(x, w, noise));
    }
}
