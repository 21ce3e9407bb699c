using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Bias;
using StyleGanSharp.Networks.Ops.Modulation;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan2;

/// <summary>Intermediate latents to images. Source: Karras et al. (2020), sections 2 and 4.</summary>
public sealed class SynthesisNetwork : Module
{
    private readonly GeneratorOptions options;

    /// <summary>Creates the network.</summary>
    /// <param name="options">Architecture.</param>
    /// <param name="init">First values.</param>
    public SynthesisNetwork(GeneratorOptions options, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        var blocks = new List<SynthesisBlock>();
        int inChannels = 0;
        foreach (int resolution in ChannelRule.Resolutions(options.Resolution))
        {
            blocks.Add(AddModule($"b{resolution}", new SynthesisBlock(inChannels, resolution, options, init)));
            inChannels = options.Channels.At(resolution);
        }

        Blocks = blocks;
        NumWs = blocks.Sum(b => b.NumConv) + blocks[^1].NumToRgb;
    }

    /// <summary>The blocks, from 4x4 upwards.</summary>
    public IReadOnlyList<SynthesisBlock> Blocks { get; }

    /// <summary>Number of ws: one for each convolution and one for the last ToRGB layer.</summary>
    public int NumWs { get; }

    /// <summary>Precision of the convolutions: <see cref="Precision.Fast"/> holds for the four highest resolutions.</summary>
    internal Precision Precision
    {
        get => Blocks[^1].Precision;
        set
        {
            foreach (SynthesisBlock block in Blocks)
            {
                block.Precision = FastPrecision.At(value, block.Resolution, Blocks[^1].Resolution);
            }
        }
    }

    /// <summary>
    /// Type of the features of those resolutions where nothing is recorded, whatever the device; null: as the device has it. For
    /// tests.
    /// </summary>
    internal DType? ForcedFeatures { get; set; }

    /// <summary>Makes images.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <param name="noise">Source of the noise.</param>
    /// <param name="form">How modulated convolutions are computed.</param>
    /// <returns>[N, colours, height, width] float32, about [-1, 1].</returns>
    /// <exception cref="ShapeException"><paramref name="ws"/> has another shape.</exception>
    public Tensor Forward(Tensor ws, NoiseInput noise, ModulationForm form = ModulationForm.Auto)
    {
        Shape.Require(ws, [null, NumWs, options.WDim]);
        using var scope = new TensorScope();
        ChooseFeatures(ws.Device, form);
        Tensor? x = null, image = null;
        int first = 0;
        foreach (SynthesisBlock block in Blocks)
        {
            using var step = new TensorScope(); // Frees the block below as soon as it is used.
            Tensor own = ws.Slice(1, first, first + block.NumConv + block.NumToRgb);
            Tensor? below = x, imageBelow = image;
            (x, image) = block.Forward(below, imageBelow, own, noise, form);
            step.Keep(x);
            if (image is not null)
            {
                step.Keep(image);
            }

            below?.Dispose();
            imageBelow?.Dispose();
            first += block.NumConv;
        }

        return scope.Keep(image!);
    }

    // In half precision, residual connections would have to be kept in range, too: none of the official networks has them.
    private void ChooseFeatures(Device device, ModulationForm form)
    {
        DType? type = Precision == Precision.Float32 ? null : ForcedFeatures ?? CudaPrecision.FeaturesOn(device);
        bool suits = form == ModulationForm.Auto && options.Activation == Activation.LeakyRelu
            && (type != DType.Float16 || options.Architecture != Architecture.Resnet);
        foreach (SynthesisBlock block in Blocks)
        {
            block.Features16 = suits && block.Precision == Precision.Fast ? type : null;
        }
    }
}
