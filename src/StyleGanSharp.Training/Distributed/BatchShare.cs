using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Distributed;

/// <summary>The part of a batch that every process gets.</summary>
public static class BatchShare
{
    /// <summary>Divides the batches of a run, to see whether that can be done.</summary>
    /// <param name="options">Says what the batches are.</param>
    /// <param name="processes">Number of processes.</param>
    /// <exception cref="TrainingOptionsException">One cannot be divided; the sentence says what can.</exception>
    public static void RequireAll(TrainingOptions options, int processes)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (int batch in options.Batches.Distinct())
        {
            Of(batch, options, processes);
        }
    }

    /// <summary>Divides a batch.</summary>
    /// <param name="batch">Images of an iteration, of all processes.</param>
    /// <param name="options">Says what a share has to be a multiple of.</param>
    /// <param name="processes">Number of processes.</param>
    /// <exception cref="TrainingOptionsException">It cannot be divided; the sentence says what can.</exception>
    public static int Of(int batch, TrainingOptions options, int processes)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (processes == 1)
        {
            return batch;
        }

        if (batch % processes != 0)
        {
            int below = batch / processes * processes;
            string ways = below > 0 ? $"{below} or {below + processes}" : $"{processes}";
            throw Problems.Fault(
                Names.Batch, batch,
                $"cannot be divided among {processes} processes: choose a multiple of {processes} ({ways}), "
                    + $"or another number of processes");
        }

        int share = batch / processes;
        int group = options.Discriminator.GroupSize ?? share;
        group = options.Growth is null ? group : Math.Min(group, share); // Its group was chosen for larger batches, too.
        if (share % group != 0)
        {
            throw Problems.Fault(
                Names.GroupSize, group,
                $"does not divide the {share} images that each of {processes} processes gets of {Names.Batch} {batch}: "
                    + $"choose {Names.GroupSize} "
                + $"{string.Join(", ", Enumerable.Range(1, share).Where(d => share % d == 0))}, "
                + $"or {Names.Batch} {group * processes} or a multiple of it");
        }

        return options.MicroBatch is int micro && share % (options.Growth is null ? micro : Math.Min(micro, share)) != 0
            ? throw Problems.Fault(
                Names.MicroBatch, micro,
                $"does not divide the {share} images that each of {processes} processes gets of {Names.Batch} {batch}: choose "
                + $"{string.Join(", ", Enumerable.Range(1, share).Where(d => share % d == 0 && d % group == 0))}")
            : share;
    }
}
