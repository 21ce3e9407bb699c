using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>Intermediate latents to images. Source: Karras et al. (2021), section 3 and figure 4.</summary>
public sealed class SynthesisNetwork : Module
{
    private readonly GeneratorOptions options;

    /// <summary>Creates the network.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public SynthesisNetwork(GeneratorOptions options, Initializer init)
    {
        this.options = options;
        IReadOnlyList<LayerGeometry> geometry = LayerGeometry.Of(options);
        LayerGeometry first = geometry[0];
        Input = AddModule("input", new SynthesisInput(
            options.WDim, first.InChannels, (first.InSize, first.InSize), first.InSamplingRate, first.InCutoff, init));
        Layers = [.. geometry.Select(g => AddModule(g.Name, new SynthesisLayer(g, options, init)))];
    }

    /// <summary>The Fourier features.</summary>
    public SynthesisInput Input { get; }

    /// <summary>The layers, ToRGB last.</summary>
    public IReadOnlyList<SynthesisLayer> Layers { get; }

    /// <summary>Number of ws: one for the input and one for each layer.</summary>
    public int NumWs => Layers.Count + 1;

    /// <summary>
    /// Precision of the convolutions: <see cref="Precision.Fast"/> holds for the layers of the four highest sampling rates.
    /// </summary>
    internal Precision Precision
    {
        get => Layers[^2].Precision; // ToRGB stays float32
        set
        {
            foreach (SynthesisLayer layer in Layers)
            {
                layer.Precision = layer.Geometry.IsToRgb
                    ? Precision.Float32
                    : FastPrecision.At(value, layer.Geometry.OutSamplingRate, options.Resolution);
            }
        }
    }

    /// <summary>
    /// Type of the features of those layers where nothing is recorded, whatever the device; null: as the device has it. For
    /// tests.
    /// </summary>
    internal DType? ForcedFeatures { get; set; }

    /// <summary>Makes images.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <param name="form">How modulated convolutions are computed.</param>
    /// <param name="updateAverages">Let the batch move the average magnitudes, before they are used (training).</param>
    /// <returns>[N, colours, Resolution, Resolution] float32, about [-1, 1].</returns>
    /// <exception cref="ShapeException"><paramref name="ws"/> has another shape.</exception>
    public Tensor Forward(Tensor ws, ModulationForm form = ModulationForm.Auto, bool updateAverages = false)
    {
        Shape.Require(ws, [null, NumWs, options.WDim]);
        using var scope = new TensorScope();
        DType? type = form != ModulationForm.Auto || updateAverages || GradMode.IsEnabled || Precision == Precision.Float32
            ? null
            : ForcedFeatures ?? CudaPrecision.FeaturesOn(ws.Device);
        Tensor x = Input.Forward(ws.Select(1, 0));
        for (int i = 0; i < Layers.Count; i++)
        {
            Tensor below = type is DType t && Layers[i].Precision == Precision.Fast ? Cast(x, t) : x;
            x = Layers[i].Forward(below, ws.Select(1, i + 1), form, updateAverages);
            below.Dispose(); // As soon as it is used; a recorded graph keeps what it needs.
        }

        return scope.Keep(options.OutputScale == 1 ? x : x * options.OutputScale);
    }

    private Tensor Cast(Tensor x, DType type)
    {
        Tensor narrow = SixteenBits.Cast(x, type, options.ConvClamp);
        if (narrow != x)
        {
            x.Dispose();
        }

        return narrow;
    }
}
