using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Mixing;
using StyleGanSharp.Generation.NoiseStudies;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Videos;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Models;

/// <summary>
/// A generator, ready to make images: <c>using var model = Model.Open("people"); model.Generate(42, psi:
/// 0.7).Save("letter.png");</c>
/// </summary>
/// <remarks>
/// Safe to use from any thread. A model computes on a thread of its own, one request after the other in the order of arrival; no
/// request changes what the next one shows.
/// </remarks>
public sealed class Model : IDisposable
{
    private readonly ModelWorker worker;
    private readonly ModelSession session;
    private readonly Lazy<ModelReference> reference;

    private Model(ModelWorker worker, ModelSession session, string path)
    {
        (this.worker, this.session) = (worker, session);
        reference = new Lazy<ModelReference>(() => new ModelReference(session.Info.Name, ModelFingerprint.Of(path)));
    }

    /// <summary>What the model is and can do.</summary>
    public ModelInfo Info => session.Info;

    /// <summary>Name and fingerprint, as images remember them.</summary>
    /// <exception cref="IOException">The model's file cannot be read any more.</exception>
    public ModelReference Reference => reference.Value;

    /// <summary>Opens a model.</summary>
    /// <param name="name">
    /// The name of a shipped model (<c>people</c>, <c>letters</c>), of an official network (<c>ffhq</c>), a file, or an http(s) address.
    /// </param>
    /// <param name="compute">Device and threads; null: CUDA where it answers, else all cores.</param>
    /// <param name="report">Told about downloads and licences; null: nobody is.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="RequestException">There is no such name or device.</exception>
    /// <exception cref="SnapshotException">The file holds no generator that can be read.</exception>
    /// <exception cref="GenerationException">The network could not be downloaded.</exception>
    /// <exception cref="TorchException">libtorch cannot be loaded.</exception>
    public static Model Open(
        string name, ComputeOptions? compute = null, IModelReport? report = null, CancellationToken cancel = default)
    {
        compute ??= new ComputeOptions();
        RequestException.ThrowIfAny(compute.Validate());
        string path = ModelRegistry.Locate(name, report, cancel);

        // A file that must be refused is refused before half a second is spent on loading libtorch.
        GeneratorFile file = GeneratorFile.Open(path);

        // The first JSON of a process takes a tenth of a second: another core writes one while libtorch is loaded.
        ThreadPool.UnsafeQueueUserWorkItem(_ => RequestJson.Write(new ImageRequest { Model = new ModelReference(name) }), null);
        var worker = new ModelWorker();
        try
        {
            string shown = ShippedModels.Find(name) == path || OfficialModels.Find(name) is not null
                ? name : Path.GetFileName(path);
            return new Model(worker, worker.Run(() => ModelSession.Open(file, shown, compute), cancel), path);
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Everything that stands in the way of a request, by itself and with this model; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Check(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<OptionProblem> own = request.Validate();
        return own.Count > 0 ? own : [.. ModelChecks.Problems(request, Info)];
    }

    /// <summary>Makes the image of a seed.</summary>
    /// <param name="seed">The seed: the same image as in every other tool of the field.</param>
    /// <param name="psi">Truncation: 1 is none, 0 the average image.</param>
    public GeneratedImage Generate(uint seed, double psi = 1) =>
        Generate(new ImageRequest { Latent = Latent.OfSeed(seed), Truncation = new() { Psi = psi } });

    /// <summary>Makes an image.</summary>
    /// <param name="request">What it shows.</param>
    /// <param name="cancel">Gives up while the request waits.</param>
    /// <exception cref="RequestException">The request cannot be carried out; all problems are listed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public GeneratedImage Generate(ImageRequest request, CancellationToken cancel = default) =>
        GenerateAsync(request, cancel).GetAwaiter().GetResult();

    /// <inheritdoc cref="Generate(ImageRequest, CancellationToken)"/>
    public Task<GeneratedImage> GenerateAsync(ImageRequest request, CancellationToken cancel = default)
    {
        RequestException.ThrowIfAny(Check(request));
        return worker.Start(() => new GeneratedImage(session.Image(request), request with { Model = null }, this), cancel);
    }

    /// <summary>Makes a style-mixing table.</summary>
    /// <inheritdoc cref="MixTable.Make"/>
    public MixTable Mix(MixRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default) =>
        MixTable.Make(this, request, null, progress, cancel);

    /// <summary>Shows what the noise inputs do to an image.</summary>
    /// <inheritdoc cref="NoiseStudy.Make"/>
    public NoiseStudy StudyNoise(
        NoiseRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default) =>
        NoiseStudy.Make(this, request, progress, cancel);

    /// <summary>Makes a video.</summary>
    /// <param name="request">What it shows.</param>
    /// <param name="file">
    /// The video: .gif, or .mp4 or .webm through the system's ffmpeg. <see cref="Video.Make"/> also writes single frames.
    /// </param>
    /// <param name="progress">Told about every frame.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <inheritdoc cref="Video.Make" path="/exception"/>
    public void Film(
        VideoRequest request, string file, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default) =>
        Video.Make(this, request, new VideoTarget { File = file }, progress, cancel);

    /// <summary>The network's output for a request, before it becomes pixels.</summary>
    /// <param name="request">What it shows.</param>
    /// <param name="cancel">Gives up while the request waits.</param>
    /// <inheritdoc cref="Generate(ImageRequest, CancellationToken)" path="/exception"/>
    public RawImage GenerateRaw(ImageRequest request, CancellationToken cancel = default)
    {
        RequestException.ThrowIfAny(Check(request));
        return worker.Run(
            () => new RawImage(Info.Channels, Info.Height, Info.Width, session.Output(request).ToArray<float>()), cancel);
    }

    /// <summary>The image of an output of this model.</summary>
    public GeneratedImage ToImage(RawImage raw, ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return new GeneratedImage(raw.ToPixels(), request, this);
    }

    /// <summary>Truncated and mixed styles of a request, [NumWs, WDim] layer after layer.</summary>
    /// <inheritdoc cref="GenerateRaw"/>
    public float[] Styles(ImageRequest request, CancellationToken cancel = default)
    {
        RequestException.ThrowIfAny(Check(request));
        return worker.Run(() => session.Styles(request).ToArray<float>(), cancel);
    }

    /// <summary>
    /// Runs work with the generator itself, for everything that requests do not say. It runs on the model's thread, between two
    /// requests, inside a scope that frees its temporaries; it must leave the generator as it was and keep no tensors.
    /// </summary>
    /// <param name="work">Given the generator, on <see cref="ModelInfo.Device"/>.</param>
    /// <param name="cancel">Gives up while the work waits.</param>
    public T Run<T>(Func<IGenerator, T> work, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return worker.Run(() => work(session.Generator), cancel);
    }

    /// <summary>Runs work of this library on the model's thread.</summary>
    internal T RunSession<T>(Func<ModelSession, T> work, CancellationToken cancel) => worker.Run(() => work(session), cancel);

    /// <summary>Finishes what was asked for and closes the model.</summary>
    public void Dispose()
    {
        try
        {
            worker.Run(
                () =>
                {
                    session.Dispose();
                    return true;
                },
                CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            return; // A second time.
        }

        worker.Dispose();
    }
}
