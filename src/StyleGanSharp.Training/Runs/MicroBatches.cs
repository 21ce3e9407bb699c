using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Runs;

/// <summary>How the batches of a run are divided: among its processes, and within one.</summary>
/// <param name="options">What is trained, and how.</param>
/// <param name="reducer">The processes.</param>
/// <param name="log">Takes what is decided.</param>
internal sealed class MicroBatches(TrainingOptions options, IReducer reducer, IRunLog log)
{
    /// <summary>What this process gets of the batch of an iteration.</summary>
    /// <param name="images">Images seen before it.</param>
    internal int Share(long images) => BatchShare.Of(options.BatchAt(images), options, reducer.Size);

    /// <summary>
    /// Decides how much of its share a process computes at a time. The graphs of all processes of a machine share its memory.
    /// </summary>
    /// <param name="images">Images seen before the iteration.</param>
    internal int Choose(long images)
    {
        int share = Share(images), resolution = options.Growth?.At(images).Level.Resolution ?? options.Resolution;
        int microBatch = options.MicroBatch is int given
            ? Math.Min(given, share)
            : MicroBatchChooser.Choose(options, share, resolution, FreeMemory.Bytes() / reducer.LocalSize);
        if (microBatch < share)
        {
            string whose = reducer.Size == 1 ? "" : $", {share} in each process,";
            log.Say($"Batches of {options.BatchAt(images)}{whose} are computed as {share / microBatch} "
                + $"micro-batches of {microBatch}.");
        }

        return microBatch;
    }
}
