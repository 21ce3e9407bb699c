using System.Text.Json;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Stats;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>Where a run begins: at nothing, or where it was saved last.</summary>
/// <param name="options">What is trained, and how.</param>
/// <param name="folder">The run's folder; only process 0 has one and looks at it.</param>
/// <param name="reducer">The processes.</param>
/// <param name="log">Takes what continues otherwise than it began.</param>
/// <param name="networks">Take the saved weights.</param>
/// <param name="trainer">Takes the saved state of the optimizers, and the counters.</param>
/// <param name="augmentation">Takes the saved strength; null: there is none.</param>
/// <param name="fingerprint">Of the data set.</param>
/// <param name="microBatches">Decides where nothing was decided.</param>
/// <param name="precisionNote">Why the precision is not the one that was asked for, without a stop; null: it is.</param>
internal sealed class RunStart(
    TrainingOptions options, RunFolder? folder, IReducer reducer, IRunLog log, TrainedNetworks networks, Trainer trainer,
    Augmentation? augmentation, string fingerprint, MicroBatches microBatches,
    string? precisionNote = null)
{
    private readonly RunFolder folder = folder!; // Null in all processes but the first, where nothing below Share looks at it.

    /// <summary>
    /// Process 0 reads the folder's state or begins a new one; afterwards all processes have it, and the same weights.
    /// </summary>
    /// <exception cref="RunException">The folder holds the state of another run, or a damaged one.</exception>
    internal RunProgress Share()
    {
        string text = reducer.Broadcast(
            "progress", () => JsonSerializer.Serialize(Continue() ?? Begin(), StateJson.Default.RunProgress));
        RunProgress shared = JsonSerializer.Deserialize(text, StateJson.Default.RunProgress)!;
        StartValues.Share(reducer, networks, trainer);
        (trainer.Images, trainer.Iterations) = (shared.Images, shared.Iterations);
        if (augmentation is not null)
        {
            augmentation.Strength.Strength = shared.AugmentStrength;
            augmentation.Strength.SignSum = shared.AugmentSignSum;
            augmentation.Strength.SignCount = shared.AugmentSignCount;
            augmentation.Strength.Iterations = shared.AugmentIterations;
        }

        return shared;
    }

    private RunProgress? Continue()
    {
        if (!File.Exists(folder.State))
        {
            return null;
        }

        RunProgress saved = StateFile.Read(folder.State, networks, trainer, options, out Precision precision);
        RequireSameData(saved);
        saved = WithPlainNames(ForThisManyProcesses(saved));
        WriteOptions(); // The length of the run and what it prints may be other ones now.
        StatsFile.CutAfter(folder.Stats, saved.Images);
        log.Say($"Continuing at {saved.Images / 1000.0} kimg with micro-batches of {saved.MicroBatch}.");
        if (saved.Threads != TorchLibrary.Threads && saved.Processes == reducer.Size)
        {
            log.Warn(
                $"The run was made with {saved.Threads} threads and goes on with {TorchLibrary.Threads}: "
                    + $"sums are added in another order, so the last bits " +
                $"will differ from an uninterrupted run ({saved.Threads} threads avoid that).");
        }

        WarnOfPrecision(precision);
        return saved with { Threads = TorchLibrary.Threads, Processes = reducer.Size, Data = fingerprint };
    }

    private void WarnOfPrecision(Precision before)
    {
        string reason = precisionNote is null ? "" : $" ({precisionNote})";
        if (before != options.Precision)
        {
            log.Warn(
                $"The run was computed in {Name(before)} and goes on in {Name(options.Precision)}{reason}: it will be as good, "
                    + $"but not the same as one that " +
                $"stays in {Name(before)}.");
        }
        else if (precisionNote is not null)
        {
            log.Warn($"The run goes on in {Name(options.Precision)}{reason}.");
        }

        static string Name(Precision precision) => precision == Precision.Fast ? "16 bits where that is fast" : "float32";
    }

    // States of earlier programs do not say which names are taken; the folder does.
    private RunProgress WithPlainNames(RunProgress saved)
    {
        long Taken(string path) => File.Exists(path) ? saved.Images / 1000 * 1000 : -1;
        return saved with
        {
            PlainSnapshot = saved.PlainSnapshot ?? Taken(folder.Snapshot(saved.Images)),
            PlainGrid = saved.PlainGrid ?? Taken(folder.Fakes(saved.Images)),
        };
    }

    private void RequireSameData(RunProgress saved)
    {
        if (saved.Data is not null && saved.Data != fingerprint)
        {
            throw new RunException(
                $"The data set {options.Data.Path} is not the one that the run in {folder.Root} was trained on (other names, "
                    + $"lengths, labels or contents): " +
                "bring that one back to continue, or start another run from this one's networks in another folder.");
        }
    }

    private RunProgress ForThisManyProcesses(RunProgress saved)
    {
        int before = Math.Max(1, saved.Processes), now = reducer.Size;
        if (before == now)
        {
            return saved with { Processes = now };
        }

        int microBatch = microBatches.Choose(saved.Images);
        string micro = microBatch == saved.MicroBatch
            ? "" : $", micro-batches have {microBatch} instead of {saved.MicroBatch} images";
        log.Warn(
            $"The run was made with {before} process{(before == 1 ? "" : "es")} and goes on with {now}: "
                + $"the images come in the same order, but latents, labels, noise and " +
            $"augmentations are drawn anew for every process{micro}, and sums are added in another order. " +
            $"It will be as good as with {before}, but not the same ({before} processes continue exactly).");
        return saved with { Processes = before, MicroBatch = microBatch };
    }

    private void WriteOptions() =>
        AtomicFile.WriteAllBytes(
            folder.Options, JsonSerializer.SerializeToUtf8Bytes(options, OptionsJson.Default.TrainingOptions));

    private RunProgress Begin()
    {
        WriteOptions();
        return new RunProgress
        {
            MicroBatch = microBatches.Choose(0),
            Processes = reducer.Size,
            Data = fingerprint,
            Threads = TorchLibrary.Threads,
            AugmentStrength = augmentation?.Strength.Strength ?? 0,
            PlainSnapshot = -1,
            PlainGrid = -1,
        };
    }
}
