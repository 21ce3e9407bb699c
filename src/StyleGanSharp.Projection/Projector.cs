using System.Diagnostics;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Projection;

/// <summary>
/// Finds latents whose images come near given ones. Source: Karras et al., "Analyzing and Improving the Image Quality of
/// StyleGAN" (2020), section 5 and appendix D.
/// </summary>
/// <param name="generator">The network; stays the caller's. Works for every generation, with or without noise inputs.</param>
/// <param name="space">Perceptual space; stays the caller's. Null: pixels only.</param>
public sealed class Projector(IGenerator generator, IPerceptualSpace? space)
{
    // Random starts lie between the mean, where all images look alike, and single draws, where many are strange.
    private const double StartPsi = 0.5;

    /// <summary>Prepares a projection.</summary>
    /// <param name="targets">[N, ImageChannels, Height, Width] float32 in [-1, 1]: of the network's own size.</param>
    /// <param name="options">Settings.</param>
    /// <param name="label">[1, CDim]; null for an unconditional network.</param>
    /// <param name="startWs">
    /// Where the first start of every target begins, [N, NumWs, WDim], e.g. an earlier result; in W the mean over the layers is
    /// taken. Null: the mean of w.
    /// </param>
    /// <exception cref="ArgumentException">A setting is out of range, or features are asked for without a space.</exception>
    /// <exception cref="ShapeException">Targets, label or latents do not fit the network.</exception>
    public ProjectionRun Begin(Tensor targets, ProjectionOptions options, Tensor? label = null, Tensor? startWs = null) =>
        Begin(targets, options, label, startWs, new SeededDraws((options
            ?? throw new ArgumentNullException(nameof(options))).Seed));

    /// <summary>Projects images.</summary>
    /// <param name="targets">[N, ImageChannels, Height, Width] float32 in [-1, 1]: of the network's own size.</param>
    /// <param name="options">Settings.</param>
    /// <param name="label">[1, CDim]; null for an unconditional network.</param>
    /// <param name="startWs">Where to begin, [N, NumWs, WDim]; null: the mean of w.</param>
    /// <param name="reports">How it reports and saves itself; null: not at all.</param>
    /// <param name="cancel">Stops between two steps, after the state was saved where one is kept.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="ProjectionFileException">A state is there, but damaged or of another projection.</exception>
    /// <inheritdoc cref="Begin(Tensor, ProjectionOptions, Tensor?, Tensor?)"/>
    public ProjectionResult Project(
        Tensor targets, ProjectionOptions options, Tensor? label = null, Tensor? startWs = null,
            ProjectionReports? reports = null,
        CancellationToken cancel = default)
    {
        using ProjectionRun run = Begin(targets, options, label, startWs);
        reports ??= new ProjectionReports();
        if (reports.StatePath is string state && File.Exists(state))
        {
            run.Resume(state);
        }

        long shown = 0, saved = Stopwatch.GetTimestamp();
        while (!run.IsFinished)
        {
            if (cancel.IsCancellationRequested)
            {
                Save(run, reports);
                cancel.ThrowIfCancellationRequested();
            }

            bool show = reports.Progress is not null && (shown == 0 || Stopwatch.GetElapsedTime(shown) >= reports.ImageEvery);
            ProjectionProgress progress = run.Advance(withImages: show);
            shown = show ? Stopwatch.GetTimestamp() : shown;
            reports.Progress?.Report(progress);
            if (Stopwatch.GetElapsedTime(saved) >= reports.SaveEvery)
            {
                Save(run, reports);
                saved = Stopwatch.GetTimestamp();
            }
        }

        return run.Result();
    }

    /// <summary>The same with other draws.</summary>
    internal ProjectionRun Begin(
        Tensor targets, ProjectionOptions options, Tensor? label, Tensor? startWs, IProjectionDraws draws)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is [OptionProblem problem, ..])
        {
            throw new ArgumentException(problem.Sentence(), nameof(options));
        }

        if (options.PerceptualWeight > 0 && space is null)
        {
            throw new ArgumentException(
                "A perceptual distance needs a perceptual space: give one, or set its weight to 0.", nameof(options));
        }

        Shape.Require(targets, [null, generator.ImageChannels, generator.Height, generator.Width]);
        if (generator.CDim > 0)
        {
            ArgumentNullException.ThrowIfNull(label);
            Shape.Require(label, [1, generator.CDim]);
        }

        if (startWs is not null)
        {
            Shape.Require(startWs, [targets.Size(0), generator.NumWs, generator.WDim]);
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using var statistics = LatentStatistics.Of(generator, generator.CDim > 0 ? label : null, options.StatisticsSamples);
        Tensor start = Start(statistics, targets.Size(0), options, label, startWs);
        Device device = NetworkDevice.Of(generator);
        string identity = ProjectionState.Identity(generator, space, targets, options, label, startWs);
        var loss = new ProjectionLoss(
            space, targets.To(device).To(DType.Float32).RepeatInterleave(options.Starts, 0), options.PerceptualWeight,
            options.PixelWeight);
        return new ProjectionRun(generator, loss, statistics, start, options, draws, identity);
    }

    private static void Save(ProjectionRun run, ProjectionReports reports)
    {
        if (reports.StatePath is string path)
        {
            run.Save(path);
        }
    }

    // [targets * starts, 1 or NumWs, WDim]; the starts of a target follow each other.
    private Tensor Start(
        LatentStatistics statistics, long count, ProjectionOptions options, Tensor? label, Tensor? startWs)
    {
        int layers = options.Space == LatentSpace.W ? 1 : generator.NumWs;
        Tensor mean = statistics.Mean.Reshape(1, 1, 1, generator.WDim);
        Tensor first = startWs is null
            ? mean.Expand(count, 1, layers, generator.WDim)
            : (layers == 1 ? startWs.Mean([1], keepDim: true) : startWs).To(Device.Cpu).Unsqueeze(1);
        var starts = new List<Tensor> { first };
        for (uint i = 1; i < options.Starts; i++)
        {
            Tensor z = LatentSeeds.Draw([unchecked(options.Seed + i)], generator.ZDim).To(DType.Float32);
            Device device = NetworkDevice.Of(generator);
            Tensor w = generator.Map(z.To(device), generator.CDim > 0 ? label!.To(device) : null).Select(1, 0).To(Device.Cpu);
            Tensor between = mean.Lerp(w.Reshape(1, 1, 1, generator.WDim), StartPsi);
            starts.Add(between.Expand(count, 1, layers, generator.WDim));
        }

        return Tensor.Cat([.. starts], 1).Reshape(count * options.Starts, layers, generator.WDim);
    }
}
