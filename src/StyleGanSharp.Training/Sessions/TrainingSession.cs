using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Sessions;

/// <summary>
/// A training from options to the last snapshot: opens data and networks, describes what is going to happen, trains on a thread
/// of its own, in one process or several. Start one, watch it, stop it; the same options on the same folder continue it.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly TrainingSessionOptions options;
    private readonly SessionProcesses processes;
    private readonly ITrainingReport report;
    private readonly CancellationTokenSource stop;
    private readonly TaskCompletionSource<RunOutcome> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long images;
    private long totalImages;

    private TrainingSession(
        TrainingSessionOptions options, SessionProcesses processes, ITrainingReport report, CancellationToken cancel)
    {
        (this.options, this.processes, this.report) = (options, processes, report);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>
    /// Ends when the session does. Faults with <see cref="TrainingOptionsException"/>, <see cref="RunException"/>,
    /// <see cref="DatasetException"/>, <see cref="Generation.Requests.RequestException"/> or another exception of the libraries.
    /// </summary>
    public Task<RunOutcome> Completion => completion.Task;

    /// <summary>Where the session is.</summary>
    public TrainingStatus Status =>
        new(Interlocked.Read(ref images), Interlocked.Read(ref totalImages), Path.GetFullPath(options.OutDir));

    /// <summary>Starts a session.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="report">Takes lines and warnings.</param>
    /// <param name="processes">
    /// How several processes are started and found; null: as the environment of this process says.
    /// </param>
    /// <param name="cancel">Like <see cref="Stop"/>.</param>
    /// <exception cref="TrainingOptionsException">Options are out of range or contradict each other.</exception>
    public static TrainingSession Start(
        TrainingSessionOptions options, ITrainingReport report, SessionProcesses? processes = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        RequireValid(options);
        var session = new TrainingSession(options, processes ?? new SessionProcesses(), report, cancel);
        new Thread(session.Run) { Name = "training", IsBackground = true }.Start();
        return session;
    }

    /// <summary>Resolves the options as a session would, without training.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="report">Takes what should be known about data and networks.</param>
    /// <param name="cancel">Ends a download.</param>
    /// <exception cref="TrainingOptionsException">Options are out of range or contradict each other.</exception>
    /// <exception cref="DatasetException">The data cannot be used.</exception>
    public static TrainingOptions Resolve(
        TrainingSessionOptions options, ITrainingReport report, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        RequireValid(options);
        var resume = ResumeChoice.Of(options.Request.StartFrom, options.OutDir);
        SayNotices(options, resume, report);
        using var inputs = SessionInputs.Open(options, resume, options.Processes ?? 1, report, cancel);
        foreach (string remark in inputs.Dataset.Remarks)
        {
            report.Say(SafeText.Of(remark));
        }

        return inputs.Options;
    }

    /// <summary>
    /// Asks the session to save its state and end; <see cref="Completion"/> then holds <see cref="RunOutcome.Interrupted"/>.
    /// </summary>
    public void Stop() => stop.Cancel();

    /// <summary>Stops the session and waits for its end.</summary>
    public void Dispose()
    {
        stop.Cancel();
        ((IAsyncResult)Completion).AsyncWaitHandle.WaitOne();
        stop.Dispose();
    }

    private static void RequireValid(TrainingSessionOptions options)
    {
        IReadOnlyList<OptionProblem> problems = options.Validate();
        if (problems.Count > 0)
        {
            throw new TrainingOptionsException(problems);
        }
    }

    private static void SayNotices(TrainingSessionOptions options, ResumeChoice resume, ITrainingReport report)
    {
        if (resume.Notice is OptionText choice)
        {
            report.Say(choice.ToString(report.NameOf));
        }
    }

    private static MetricChoice Metrics(TrainingSessionOptions options) => MetricChoice.Parse(options.Metrics, [])!; // Validated.

    private void Run()
    {
        try
        {
            completion.SetResult(Train());
        }
        catch (OperationCanceledException)
        {
            completion.SetResult(RunOutcome.Interrupted);
        }
        catch (Exception e)
        {
            completion.SetException(e);
        }
    }

    private RunOutcome Train()
    {
        var resume = ResumeChoice.Of(options.Request.StartFrom, options.OutDir);
        WorldOptions? place = processes.Place;
        if (place is null or { Rank: 0 })
        {
            SayNotices(options, resume, report);
        }

        if (place is null && options.Processes > 1)
        {
            if (options.OneDeviceEach && Device.CudaCount < options.Processes)
            {
                throw Problems.Fault(
                    Names.OneDeviceEach, options.Processes,
                    $"libtorch sees {Device.CudaCount} CUDA devices on this machine; "
                        + $"{Names.Processes} {options.Processes} trains on the CPU");
            }

            WorkerProcesses.Run(options.Processes.Value, processes.RequireProgram(), report, stop.Token);
            return RunOutcome.Finished;
        }

        if (place is not null && options.Processes is int count && count != place.Size)
        {
            throw Problems.Fault(
                options.CountName, count, $"contradicts {place.Launcher}, which started {place.Size}: leave it out");
        }

        return place is null ? Train(resume, null) : TrainWithOthers(resume, place);
    }

    private RunOutcome TrainWithOthers(ResumeChoice resume, WorldOptions place)
    {
        using var world = World.Join(place, processes.GiveUp, stop.Token);
        try
        {
            return Train(resume, world);
        }
        catch (OperationCanceledException)
        {
            world.Fail("it was asked to end before training began"); // Later all end together.
            throw;
        }
        catch (Exception e)
        {
            world.Fail(processes.Explain(e));
            throw;
        }
    }

    private RunOutcome Train(ResumeChoice resume, World? world)
    {
        CancellationToken cancel = stop.Token;
        using var inputs = SessionInputs.Open(options, resume, world?.Size ?? options.Processes ?? 1, report, cancel);
        (TrainingOptions resolved, ImageDataset dataset, StartFile? start) = (inputs.Options, inputs.Dataset, inputs.Start);

        // Before the folder is made: a detector that cannot be used must not be noticed hours later.
        Device device = processes.Device(options.Compute);
        OptionText? precisionNote = PrecisionNote(resolved, world, device);
        resolved = precisionNote is null ? resolved : resolved with { Precision = Precision.Float32 };
        bool leads = world is null or { Rank: 0 };
        MetricChoice choice = Metrics(options);
        using SessionMetrics? metrics = leads ? SessionMetrics.Open(options, choice, device) : null;
        using RunFolder? folder = leads ? RunFolder.Open(options.OutDir) : null;
        IRunLog log = folder is null ? new RankLog(report, world!.Rank) : new FolderLog(report, folder.Log);
        var description = new RunDescription(log, report.NameOf);
        world?.Agree(
            new Agreement(StateFile.Comparable(resolved), dataset.Fingerprint(), device.Type.ToString(), TorchLibrary.Version),
            device);
        description.Run(resolved, dataset);
        if (leads)
        {
            description.Metrics(metrics, choice);
        }

        if (leads && start is not null)
        {
            description.Start(start, inputs.StartName!);
        }

        TrainedNetworks? networks = start?.Networks(resolved);
        var settings = new RunSettings
        {
            Device = device,
            SaveInterval = TimeSpan.FromMinutes(options.SaveMinutes),
            Metrics = metrics?.Metrics ?? [],
            MetricContext = metrics?.Contexts(resolved, dataset, log),
            Metadata = options.Metadata,
            PrecisionNote = precisionNote?.ToString(report.NameOf),
            Reducer = world is null ? SingleProcess.Instance : world,
            ImagesSeen = seen => Interlocked.Exchange(ref images, seen),
        };
        using var run = new TrainingRun(resolved, settings, dataset, folder, log, networks);
        (images, totalImages) = (run.Images, resolved.TotalImages);
        description.Networks(run.Networks, world, resolved.Batch);
        RunOutcome outcome = run.Run(cancel);
        if (world is not null)
        {
            log.Say(world.Summary);
        }

        return outcome;
    }

    // A run continues in float32 where fewer formats are fast, with a warning; a new one must not start in another precision than
    // asked for.
    private OptionText? PrecisionNote(TrainingOptions resolved, World? world, Device device)
    {
        if (PrecisionSupport.Obstacle(resolved.Precision, device, isTraining: true) is not string obstacle)
        {
            return null;
        }

        if (world is not null || !File.Exists(RunFolder.StateIn(options.OutDir)))
        {
            throw Problems.Fault(Names.Precision, "fast", $"{obstacle}; leave it out");
        }

        return $"{Names.Precision} fast: {obstacle}";
    }
}
