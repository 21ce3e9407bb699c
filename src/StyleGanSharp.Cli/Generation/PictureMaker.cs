using StyleGanSharp.Cli.Downloads;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Generation;

/// <summary>A loaded generator with the options of its pictures: from seeds to truncated ws, and from ws to pixels.</summary>
internal sealed class PictureMaker : IDisposable
{
    private readonly PictureOptions options;
    private readonly GradMode mode;

    private PictureMaker(PictureOptions options, IGenerator generator, ClassChoice classes, Device device, GradMode mode) =>
        (this.options, Generator, Classes, Device, this.mode) = (options, generator, classes, device, mode);

    internal IGenerator Generator { get; }

    internal ClassChoice Classes { get; }

    internal Device Device { get; }

    /// <summary>Loads the network and checks the options against it; nothing is written yet.</summary>
    internal static PictureMaker Open(PictureOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        // The file is refused, if it must be, before half a second is spent on loading libtorch.
        GeneratorFile file = GeneratorFile.Open(NetworkLocator.Find(options.Network, output, cancel, options.NetworkOption));
        Device device = findDevice();
        ImageLibrary.StartAhead(); // While the network is read. Beside libtorch it would not load: the C library loads one at a time.
        GradMode mode = GradMode.Off();
        IGenerator? generator = null;
        try
        {
            generator = file.Load(out IReadOnlyList<string> names);
            var classes = ClassChoice.Parse(options.Class, new ClassLabels(generator.CDim, names));
            options.Truncation.Require(generator);
            if (options.Transform is PictureTransform transform)
            {
                TransformChoice.Apply(transform, generator);
            }

            generator.To(device);
            if (PrecisionChoice.Apply(options.Precision, generator, device) is string notice)
            {
                output.Say(notice);
            }

            return new PictureMaker(options, generator, classes, device, mode);
        }
        catch
        {
            generator?.Dispose();
            mode.Dispose();
            throw;
        }
    }

    /// <summary>Tells how classes are chosen, where they are not.</summary>
    internal void SayNotice(CommandOutput output)
    {
        if (Classes.Notice is string notice)
        {
            output.Say(notice);
        }
    }

    /// <summary>Truncated ws of a seed, [1, NumWs, WDim].</summary>
    internal Tensor Ws(uint seed)
    {
        using var scope = new TensorScope();
        return scope.Keep(Truncate(Map(LatentSeeds.Draw([seed], Generator.ZDim), Classes.Label(seed))));
    }

    /// <summary>Truncated ws of a seed with a label of its own, [1, NumWs, WDim].</summary>
    internal Tensor Ws(uint seed, float[] label)
    {
        using var scope = new TensorScope();
        return scope.Keep(Truncate(Map(LatentSeeds.Draw([seed], Generator.ZDim), Tensor.From(label, [1, label.Length]))));
    }

    /// <summary>Untruncated ws of latents z, [1, NumWs, WDim].</summary>
    /// <param name="z">[1, ZDim], any floating point.</param>
    /// <param name="label">[1, CDim]; null for an unconditional network.</param>
    internal Tensor Map(Tensor z, Tensor? label)
    {
        using var scope = new TensorScope();
        return scope.Keep(Generator.Map(z.To(DType.Float32).To(Device), label?.To(Device)));
    }

    /// <summary>Truncated as the options say.</summary>
    internal Tensor Truncate(Tensor ws) => options.Truncation.Apply(Generator, ws);

    /// <summary>Truncated with another psi than the options' own.</summary>
    internal Tensor Truncate(Tensor ws, double psi) => (options.Truncation with { Psi = psi }).Apply(Generator, ws);

    /// <summary>The network's output for ws, [1, C, H, W] float32, about [-1, 1].</summary>
    /// <param name="ws">[1, NumWs, WDim].</param>
    /// <param name="number">The picture's own number, which seeds random noise.</param>
    internal Tensor Image(Tensor ws, uint number)
    {
        using var scope = new TensorScope();
        NoiseInput noise = options.Noise.For(number, Device, out RandomGenerator? draws);
        using (draws)
        {
            return scope.Keep(Generator.Synthesize(ws, noise));
        }
    }

    /// <summary>The pixels of ws.</summary>
    /// <inheritdoc cref="Image"/>
    internal ImageBuffer Picture(Tensor ws, uint number)
    {
        using var scope = new TensorScope();
        return PictureWriter.ToBuffer(Image(ws, number));
    }

    /// <summary>The pixels of ws with given noise.</summary>
    internal ImageBuffer Picture(Tensor ws, NoiseInput noise)
    {
        using var scope = new TensorScope();
        return PictureWriter.ToBuffer(Generator.Synthesize(ws, noise));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Generator.Dispose();
        mode.Dispose();
    }
}
