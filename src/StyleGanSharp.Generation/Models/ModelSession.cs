using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Labels;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Generation.Models;

/// <summary>A loaded generator on the model's thread: from requests to styles, and from styles to pixels.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly double[,]? ownTransform;

    private ModelSession(IGenerator generator, ModelInfo info)
    {
        (Generator, Info, Labels) = (generator, info, new ClassLabels(info.ClassCount, info.ClassNames));
        ownTransform = (generator as ITransformable)?.GetTransform();
    }

    internal IGenerator Generator { get; }

    internal ModelInfo Info { get; }

    internal ClassLabels Labels { get; }

    /// <summary>Loads libtorch and the network, on the thread that will compute.</summary>
    internal static ModelSession Open(GeneratorFile file, string name, ComputeOptions compute)
    {
        Device device = compute.Apply();
        _ = GradMode.Off(); // The thread is the model's own; it never records.
        ImageLibrary.StartAhead(); // While the network is read. Beside libtorch it would not load: the C library loads one at a time.
        IGenerator generator = file.Load(out NetworkMetadata metadata);
        try
        {
            generator.To(device);
            return new ModelSession(generator, new ModelInfo
            {
                Name = name,
                Width = generator.Width,
                Height = generator.Height,
                Channels = generator.ImageChannels,
                ZDim = generator.ZDim,
                WDim = generator.WDim,
                NumWs = generator.NumWs,
                ClassCount = generator.CDim,
                ClassNames = metadata.ClassNames,
                LabelVectors = metadata.LabelVectors,
                Remarks = file.Remarks,
                Levels = metadata.Levels ?? StyleLevels.Default,
                CanTruncate = generator.WAvg is not null,
                CanTransform = generator is ITransformable,
                NoiseResolutions = generator.NoiseResolutions,
                Device = device,
            });
        }
        catch
        {
            generator.Dispose();
            throw;
        }
    }

    /// <summary>The pixels of a request.</summary>
    internal ImageBuffer Image(ImageRequest request)
    {
        using var scope = new TensorScope();
        return ToBuffer(Output(request));
    }

    /// <summary>The network's output for a request, [1, C, H, W] float32, about [-1, 1].</summary>
    internal Tensor Output(ImageRequest request)
    {
        using var scope = new TensorScope();
        return scope.Keep(Synthesize(request, Styles(request), request.EffectiveNumber));
    }

    /// <summary>The network's output for given styles, with the noise, transform and precision of a request.</summary>
    /// <param name="request">What is asked for besides latents.</param>
    /// <param name="ws">[1, NumWs, WDim] float32.</param>
    /// <param name="number">The image's own number, which seeds drawn noise.</param>
    internal Tensor Synthesize(GenerationRequest request, Tensor ws, uint number)
    {
        using RandomGenerator? draws = request.Noise.Mode == NoiseMode.Random
            ? new RandomGenerator(request.Noise.Seed ?? number, Info.Device)
            : null;
        NoiseInput noise = request.Noise.Mode switch
        {
            NoiseMode.Const => NoiseInput.Const,
            NoiseMode.None => NoiseInput.None,
            _ => NoiseInput.Random(draws!),
        };
        return Synthesize(
            request, ws, request.Noise.Levels is { } levels
                ? noise.OnlyAt(r => levels.Contains(Info.Levels.OfResolution(r))) : noise);
    }

    /// <summary>The network's output for given styles and noise, with the transform and precision of a request.</summary>
    internal Tensor Synthesize(GenerationRequest request, Tensor ws, NoiseInput noise)
    {
        using var scope = new TensorScope();
        try
        {
            if (Generator is ITransformable transformable && request.Transform is { } transform)
            {
                transformable.SetTransform(transform.InverseMatrix());
            }

            if (Generator is IReducedPrecision network
                && PrecisionSupport.Obstacle(request.Precision, Info.Device, Generator) is null)
            {
                network.Precision = request.Precision;
            }

            return scope.Keep(Finite(Generator.Synthesize(ws, noise)));
        }
        finally
        {
            // The next request finds the network as its file has it.
            if (request.Transform is not null)
            {
                (Generator as ITransformable)?.SetTransform(ownTransform!);
            }

            if (Generator is IReducedPrecision network)
            {
                network.Precision = Precision.Float32;
            }
        }
    }

    /// <summary>Truncated and mixed styles of a request, [1, NumWs, WDim].</summary>
    internal Tensor Styles(ImageRequest request)
    {
        using var scope = new TensorScope();
        Tensor ws = Styles(request, request.Latent, request.EffectiveNumber);
        foreach (StylePart part in request.Styles)
        {
            Tensor other = Styles(request, part.Latent, part.Latent.Seed ?? request.EffectiveNumber);
            ws = StyleMixing.Mix(ws, other, LayerSet.Parse(part.Layers, "styles", Info.NumWs, Info.Levels));
        }

        return scope.Keep(ws);
    }

    /// <summary>Truncated styles of one latent, [1, NumWs, WDim].</summary>
    /// <param name="request">Truncation and class.</param>
    /// <param name="latent">The latent.</param>
    /// <param name="number">Gives the class where none is chosen.</param>
    internal Tensor Styles(GenerationRequest request, Latent latent, uint number)
    {
        using var scope = new TensorScope();
        Tensor ws = latent.W is { } w
            ? Tensor.From(w, [1, Info.NumWs, Info.WDim]).To(Info.Device)
            : Map(latent.Z is { } z
                ? Tensor.From(z, [1, Info.ZDim]) : LatentSeeds.Draw([latent.Seed!.Value], Info.ZDim), Label(request, number));
        return scope.Keep(latent.IsTruncated ? ws : Truncate(request, ws));
    }

    /// <summary>Untruncated styles of z, [1, NumWs, WDim].</summary>
    /// <param name="z">[1, ZDim], any floating point.</param>
    /// <param name="label">The label vector; null for an unconditional network.</param>
    internal Tensor Map(Tensor z, float[]? label)
    {
        using var scope = new TensorScope();
        Tensor? c = label is null ? null : Tensor.From(label, [1, label.Length]).To(Info.Device);
        return scope.Keep(Generator.Map(z.To(DType.Float32).To(Info.Device), c));
    }

    /// <summary>The label vector of an image; null for an unconditional network.</summary>
    internal float[]? Label(GenerationRequest request, uint number) => Labels.Count == 0 ? null
        : request.Label is { } vector ? [.. vector]
        : request.Class is string chosen ? Labels.Parse("class", chosen)
        : Info.LabelVectors.Count > 0 ? Info.LabelVectors[(int)(number % (uint)Info.LabelVectors.Count)]
        : Labels.OneHot((int)(number % (uint)Labels.Count));

    /// <summary>Styles truncated as a request asks for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ws">[1, NumWs, WDim].</param>
    /// <param name="psi">Replaces the request's common psi; null: it stays.</param>
    internal Tensor Truncate(GenerationRequest request, Tensor ws, double? psi = null)
    {
        if (Generator.WAvg is not Tensor average)
        {
            return ws;
        }

        TruncationChoice choice = request.Truncation;
        LayerPsis? byLayer = choice.Layers is null ? null : LayerPsis.Parse(choice.Layers, "truncation.layers");
        double common = psi ?? choice.Psi;

        // A layer's own psi where it has one, else its level's, else the common one; none from the cutoff on.
        return new Truncation(i => i >= choice.Cutoff ? 1
            : byLayer?.Of(i) ?? choice.Levels?.GetValueOrDefault(Info.Levels.OfLayer(i), common) ?? common).Apply(ws, average);
    }

    // A network of broken weights gives black images, which look like a fault of anything else.
    private Tensor Finite(Tensor image) => !NonFinite.Has(image) ? image
        : NonFinite.Find(Generator) is string tensor
            ? throw new RequestException(
                "model", Info.Name,
                $"the tensor '{tensor}' holds values that are not finite, so no image can be made; "
                    + $"the file is damaged or its training diverged")
            : throw new GenerationException(
                $"{Info.Name}: an image has values that are not finite, although all weights are finite.");

    /// <summary>The pixels of an output.</summary>
    /// <param name="image">[1, C, H, W] float32, about [-1, 1].</param>
    internal static ImageBuffer ToBuffer(Tensor image) =>
        new((int)image.Size(3), (int)image.Size(2), (int)image.Size(1), Pixels.Interleave(image));

    /// <inheritdoc/>
    public void Dispose() => Generator.Dispose();
}
