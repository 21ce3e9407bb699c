using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// Chooses how many samples' graphs are in memory at one time, from the free memory and an estimate of what a sample needs. It is
/// done once (of growing networks once at each resolution), and the choice is part of the run's state: it decides how random
/// numbers are grouped.
/// </summary>
public static class MicroBatchChooser
{
    // Share of the free memory that graphs may take; the rest is for weights, optimizers and whatever else runs on the machine.
    private const double Share = 0.5;

    // Tensors of a feature map's size that one layer keeps for the backward pass, second derivatives included. Measured with
    // `stylegan bench train` and the readable operators: the whole process needs 0.9 to 1.3 times the estimate. The fast ones
    // need 0.2 to 0.7 of that, but a choice must hold without them too: it is part of a run's state.
    private const double TensorsPerLayer = 20;

    /// <summary>Bytes that the graph of one sample needs at full resolution, about.</summary>
    public static double BytesPerSample(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return BytesPerSample(options, options.Resolution);
    }

    /// <summary>
    /// The largest divisor of the batch that fits; a multiple of the group of the minibatch standard deviation.
    /// </summary>
    /// <param name="options">Group and networks.</param>
    /// <param name="batch">Samples of an iteration, of this process.</param>
    /// <param name="resolution">That is trained.</param>
    /// <param name="freeBytes">Free memory.</param>
    public static int Choose(TrainingOptions options, int batch, int resolution, long freeBytes)
    {
        ArgumentNullException.ThrowIfNull(options);
        int smallest = Smallest(options, batch);
        double fitting = freeBytes * Share / BytesPerSample(options, resolution);
        int best = smallest;
        for (int size = smallest; size <= batch; size++)
        {
            if (batch % size == 0 && size % smallest == 0 && size <= fitting)
            {
                best = size;
            }
        }

        return best;
    }

    /// <summary>The next smaller one after memory was exhausted; null: there is none.</summary>
    /// <param name="options">Group and networks.</param>
    /// <param name="batch">Samples of an iteration, of this process.</param>
    /// <param name="microBatch">The present one.</param>
    public static int? Halve(TrainingOptions options, int batch, int microBatch)
    {
        ArgumentNullException.ThrowIfNull(options);
        int smallest = Smallest(options, batch);
        for (int size = microBatch / 2; size >= smallest; size--)
        {
            if (batch % size == 0 && size % smallest == 0)
            {
                return size;
            }
        }

        return null;
    }

    private static double BytesPerSample(TrainingOptions options, int highest)
    {
        double pixels = 0;
        for (int resolution = 4; resolution <= highest; resolution *= 2)
        {
            pixels += (double)resolution * resolution * options.Discriminator.Channels.At(resolution);
        }

        return pixels * sizeof(float) * TensorsPerLayer * options.Family.TrainingMemory;
    }

    // At least 2, so that there is something to compare with, and whole groups.
    private static int Smallest(TrainingOptions options, int batch)
    {
        int group = Math.Min(options.Discriminator.GroupSize ?? batch, batch);
        for (int size = Math.Max(Math.Min(2, batch), group); size < batch; size++)
        {
            if (batch % size == 0 && size % group == 0)
            {
                return size;
            }
        }

        return batch;
    }
}
