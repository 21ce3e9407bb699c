using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Recipes.Training;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.People.Attributes;

/// <summary>How an attribute network is trained.</summary>
internal sealed record AttributeTrainingOptions
{
    /// <summary>Epochs, batch and learning rate.</summary>
    public StagedTrainingOptions Stages { get; init; } = new() { Epochs = 16 };

    /// <summary>Seed of the first values, of the order and of the augmentation.</summary>
    public uint Seed { get; init; }

    /// <summary>Most pixels that an image is shifted in each direction.</summary>
    public int Shift { get; init; } = 1;

    /// <summary>Feature maps of the convolutions; null: the network's own choice.</summary>
    public IReadOnlyList<int>? Widths { get; init; }
}

/// <summary>
/// Trains an attribute network on rendered portraits: squared error of standardised values and landmarks, cross entropy of
/// presences. Images are mirrored at random (the turn of the head changes its sign) and shifted. The seed decides everything.
/// </summary>
internal static class AttributeTraining
{
    private const string Yaw = "yaw";
    private const float LandmarkWeight = 0.1f;

    // The usual 68 points seen in a mirror: which point takes the place of each.
    private static readonly int[] Mirrored =
    [
        .. Enumerable.Range(0, 17).Select(i => 16 - i),
        .. Enumerable.Range(17, 10).Select(i => 43 - i),
        27, 28, 29, 30, 35, 34, 33, 32, 31,
        45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
        54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55,
        64, 63, 62, 61, 60, 67, 66, 65,
    ];

    /// <summary>Trains.</summary>
    /// <param name="portraits">Images with their factors.</param>
    /// <param name="count">How many of them, from the beginning; the rest is held out.</param>
    /// <param name="options">How.</param>
    /// <param name="report">Told the number of an epoch, from 1, and its mean loss.</param>
    /// <returns>The network, without gradients; dispose it.</returns>
    internal static AttributeNetwork Train(
        PortraitSet portraits, int count, AttributeTrainingOptions options, Action<int, double>? report = null)
    {
        using var scope = new TensorScope();
        using var draws = new RandomGenerator(options.Seed);
        var random = new NumpyRandom(options.Seed);
        var shape = new AttributeNetworkOptions
        {
            Resolution = portraits.Images.Side,
            Attributes = portraits.Attributes,
            Landmarks = PortraitSet.LandmarkCount,
        };
        shape = options.Widths is { } widths ? shape with { Widths = widths } : shape;
        var network = new AttributeNetwork(shape, Initializer.Random(draws));
        try
        {
            var targets = new Targets(portraits, count);
            targets.SetStatistics(network);
            StagedTraining.Run(
                network, count, options.Stages, random, batch =>
                    Loss(network, portraits, targets, batch, options.Shift, random), report);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static Tensor Loss(
        AttributeNetwork network, PortraitSet portraits, Targets targets, int[] batch, int shift, NumpyRandom random)
    {
        (int X, int Y, bool Mirror)[] changes = [.. batch.Select(_ =>
            ((int)random.RandInt(-shift, shift + 1), (int)random.RandInt(-shift, shift + 1), random.RandInt(2) == 1))];
        (Tensor wanted, Tensor weights) = targets.Of(batch, changes);
        Tensor raw = network.Forward(portraits.Images.Augmented(batch, i => changes[i])); // [N, A + 2 L]
        Tensor squared = (raw - wanted).Square();
        Tensor entropy = Functional.Softplus(raw) - (raw * wanted); // of the logit
        Tensor error = (squared * (1 - targets.IsProbability)) + (entropy * targets.IsProbability);
        return (error * weights).Sum() / (batch.Length * (double)targets.Count);
    }

    /// <summary>What the network should say, standardised.</summary>
    private sealed class Targets
    {
        private readonly PortraitSet portraits;
        private readonly float[] mean;
        private readonly float[] deviation;
        private readonly float[] weights;
        private readonly int yaw;
        private readonly int attributes;

        internal Targets(PortraitSet portraits, int count)
        {
            this.portraits = portraits;
            attributes = portraits.Attributes.Length;
            Count = attributes + (2 * PortraitSet.LandmarkCount);
            yaw = Array.FindIndex(portraits.Attributes, a => a.Name == Yaw);
            (mean, deviation, weights) = (new float[Count], new float[Count], new float[Count]);
            for (int k = 0; k < Count; k++)
            {
                double[] values = [.. Enumerable.Range(0, count).Select(i => (double)Value(i, k)).Where(double.IsFinite)];
                bool isProbability = k < attributes && portraits.Attributes[k].Kind == AttributeKind.Probability;
                mean[k] = isProbability ? 0 : (float)values.Average();

                // Augmentation alone moves landmarks by about a pixel, whatever their own spread is.
                double least = k < attributes ? 1e-6 : 1.0 / portraits.Images.Side;
                deviation[k] = isProbability
                    ? 1 : (float)Math.Max(least, Math.Sqrt(values.Average(v => Math.Pow(v - mean[k], 2))));
                weights[k] = k < attributes ? PortraitFactors.Weight(portraits.Attributes[k].Name) : LandmarkWeight;
            }

            IsProbability = Tensor.From(
                [.. Enumerable.Range(0, Count).Select(
                    k => k < attributes && portraits.Attributes[k].Kind == AttributeKind.Probability ? 1f : 0f)],
                [Count]);
        }

        internal int Count { get; }

        /// <summary>[A + 2 L], 1 where the output is a logit.</summary>
        internal Tensor IsProbability { get; }

        internal void SetStatistics(AttributeNetwork network)
        {
            int points = PortraitSet.LandmarkCount;
            network.SetStatistics(
                Tensor.From(mean[..attributes], [attributes]),
                Tensor.From(deviation[..attributes], [attributes]),
                Tensor.From(mean[attributes..], [points, 2]),
                Tensor.From(deviation[attributes..], [points, 2]));
        }

        /// <summary>Standardised targets and the weight of each, both [N, A + 2 L]; what does not exist has no weight.</summary>
        internal (Tensor Wanted, Tensor Weights) Of(int[] batch, (int X, int Y, bool Mirror)[] changes)
        {
            var wanted = new float[batch.Length * Count];
            var counted = new float[wanted.Length];
            for (int i = 0; i < batch.Length; i++)
            {
                for (int k = 0; k < Count; k++)
                {
                    float value = Changed(batch[i], k, changes[i]);
                    bool exists = float.IsFinite(value);
                    wanted[(i * Count) + k] = exists ? (value - mean[k]) / deviation[k] : 0;
                    counted[(i * Count) + k] = exists ? weights[k] : 0;
                }
            }

            return (Tensor.From(wanted, [batch.Length, Count]), Tensor.From(counted, [batch.Length, Count]));
        }

        private float Value(int portrait, int k) => k < attributes
            ? portraits.Factors[(portrait * attributes) + k]
            : portraits.Landmarks[(portrait * 2 * PortraitSet.LandmarkCount) + k - attributes];

        private float Changed(int portrait, int k, (int X, int Y, bool Mirror) change)
        {
            if (k < attributes)
            {
                return k == yaw && change.Mirror ? -Value(portrait, k) : Value(portrait, k);
            }

            int point = (k - attributes) / 2, axis = (k - attributes) % 2;
            int source = change.Mirror ? Mirrored[point] : point;
            float place = Value(portrait, attributes + (source * 2) + axis);
            place = axis == 0 && change.Mirror ? 1 - place : place;
            return place + ((float)(axis == 0 ? change.X : change.Y) / portraits.Images.Side);
        }
    }
}
