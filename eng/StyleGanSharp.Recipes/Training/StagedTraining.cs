using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;

namespace StyleGanSharp.Recipes.Training;

/// <summary>How a small network is trained.</summary>
internal sealed record StagedTrainingOptions
{
    /// <summary>Times that every sample is seen, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Samples of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Learning rate of the first stage; later stages are slower.</summary>
    public double LearningRate { get; init; } = 0.002;
}

/// <summary>Adam over shuffled batches, in three stages of falling learning rate.</summary>
internal static class StagedTraining
{
    // The share of the epochs at which each stage ends, and its factor of the learning rate.
    private static readonly (double Until, double Factor)[] Stages = [(0.6, 1), (0.85, 0.25), (1, 0.05)];

    /// <summary>Trains a network; it is left without gradients.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="count">Samples.</param>
    /// <param name="options">How.</param>
    /// <param name="random">Orders the samples.</param>
    /// <param name="loss">The mean loss of a batch of sample numbers, [].</param>
    /// <param name="report">Told the number of an epoch, from 1, and its mean loss.</param>
    internal static void Run(
        Module network, int count, StagedTrainingOptions options, NumpyRandom random, Func<int[], Tensor> loss, Action<int,
        double>? report)
    {
        network.RequireGrad(true);
        int epoch = 0;
        foreach ((double until, double factor) in Stages)
        {
            using var optimizer = new Adam(
                network.NamedParameters(), new AdamOptions { LearningRate = options.LearningRate * factor });
            while (epoch < Math.Round(options.Epochs * until))
            {
                double mean = Epoch(network, optimizer, count, options.Batch, random, loss);
                epoch++;
                report?.Invoke(epoch, mean);
            }
        }

        network.RequireGrad(false);
    }

    private static double Epoch(
        Module network, Adam optimizer, int count, int batchSize, NumpyRandom random, Func<int[], Tensor> loss)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order.AsSpan());
        double total = 0;
        foreach (int[] batch in order.Chunk(batchSize))
        {
            using var scope = new TensorScope();
            Tensor value = loss(batch);
            optimizer.Step(Gradient.Of([value], [.. network.NamedParameters().Select(p => p.Value)]));
            total += value.Item() * batch.Length;
        }

        return total / count;
    }
}
