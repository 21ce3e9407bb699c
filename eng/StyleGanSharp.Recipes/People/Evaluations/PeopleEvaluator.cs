using StyleGanSharp.Data.Images;
using StyleGanSharp.Metrics.Distributions;
using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Metrics.Manifold;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Recipes.Images;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Recipes.People.Evaluations;

/// <summary>
/// Measures a portrait generator against rendered portraits, of which the last ones were kept out of its training.
/// </summary>
/// <param name="reals">All portraits.</param>
/// <param name="heldOut">How many at the end the generator never saw.</param>
/// <param name="space">Where distances are measured.</param>
/// <param name="attributes">Reads attributes.</param>
/// <param name="report">Told what is being done.</param>
internal sealed class PeopleEvaluator(
    ImageSet reals, int heldOut, FeatureSpace space, AttributeNetwork attributes, Action<string>? report = null)
{
    private const int FactorPortraits = 2000;
    private const int LevelPairs = 500;
    private const int ShownPairs = 5;
    private const int Batch = 100;

    // Seeds of each measurement; `generate` starts at 0.
    private const uint FrechetSeed = 1_000_000;
    private const uint FactorSeed = 2_000_000;
    private const uint LevelSeed = 3_000_000;

    private static readonly double[] QuantileLevels = [0.01, 0.05, 0.25, 0.5, 0.75];

    private readonly int trained = reals.Count - heldOut;

    /// <summary>Measures everything.</summary>
    /// <param name="name">File name of the network.</param>
    /// <param name="network">The generator.</param>
    /// <param name="untrained">The same architecture with initial weights.</param>
    /// <param name="levels">Where the network's levels begin.</param>
    /// <param name="samples">Images of Fréchet distance, precision and recall; at most half of the training set.</param>
    internal PeopleEvaluation Evaluate(string name, PeopleSource network, PeopleSource untrained, StyleLevels levels, int samples)
    {
        using var scope = new TensorScope();
        samples = Math.Min(samples, trained / 2);
        report?.Invoke($"Features of {trained} training portraits, of their mirror images and of {heldOut} held-out ones");
        Tensor real = space.Of(reals, 0, trained), mirrored = space.Of(reals, 0, trained, mirrored: true);
        Tensor unseen = space.Of(reals, trained, heldOut);
        report?.Invoke($"{samples} generated portraits");
        Tensor generated = space.Of(network, FrechetSeed, samples, 1);
        report?.Invoke($"{samples} images of the untrained network");
        Tensor before = space.Of(untrained, FrechetSeed, samples, 1);
        report?.Invoke("Distances");
        Tensor first = real.Slice(0, 0, samples), second = real.Slice(0, samples, 2 * samples);
        double distance = FrechetDistance.Between(first, generated), start = FrechetDistance.Between(first, before);
        var frechet = new FrechetFigures(samples, distance, start, FrechetDistance.Between(first, second), start / distance);
        report?.Invoke("Precision and recall");
        PrecisionRecall own = PrecisionRecall.Between(first, generated), halves = PrecisionRecall.Between(first, second);
        var manifold = new ManifoldFigures(
            samples, PrecisionRecall.DefaultNeighbors, own.Precision, own.Recall, halves.Precision, halves.Recall);
        report?.Invoke("Nearest neighbors");
        NeighborFigures neighbors = NeighborsOf(generated, Tensor.Cat([real, mirrored]), unseen);
        report?.Invoke("Factors");
        IReadOnlyDictionary<string, FactorFigures> factors = Factors(network);
        report?.Invoke("Levels");
        return new PeopleEvaluation(name, space.Name, frechet, manifold, neighbors, factors, Levels(network, levels));
    }

    /// <summary>Each pair of a measurement side by side, generated left, enlarged.</summary>
    internal ImageBuffer DrawPairs(PeopleSource network, NeighborFigures neighbors, int scale)
    {
        var cells = new List<ImageBuffer>();
        foreach (NearestPair pair in neighbors.NearestPairs)
        {
            using var scope = new TensorScope();
            Tensor real = reals.Select([pair.Image]);
            cells.Add(Enlarged(network.Images(network.Map([pair.Seed], 1)), scale));
            cells.Add(Enlarged(pair.Mirrored ? real.Flip(3).Contiguous() : real, scale));
        }

        return ImageGrid.Compose(cells, 2, cells.Count / 2, padding: 4);
    }

    private static ImageBuffer Enlarged(Tensor image, int scale)
    {
        using var scope = new TensorScope();
        Tensor large = image.RepeatInterleave(scale, 2).RepeatInterleave(scale, 3);
        return ImageBuffer.FromPlanar((int)large.Size(3), (int)large.Size(2), (int)large.Size(1), large.ToBytes());
    }

    private NeighborFigures NeighborsOf(Tensor generated, Tensor training, Tensor unseen)
    {
        Neighbors ofGenerated = NearestNeighbors.Find(generated, training, 1), ofUnseen = NearestNeighbors.Find(
            unseen, training, 1);
        double limit = Quantile(ofUnseen.Distances, 0.01);
        int[] nearest =
            [.. Enumerable.Range(0, ofGenerated.Distances.Length).OrderBy(i => ofGenerated.Distances[i]).Take(ShownPairs)];
        return new NeighborFigures(
            ofGenerated.Distances.Length,
            ofUnseen.Distances.Length,
            QuantileLevels,
            [.. QuantileLevels.Select(l => Quantile(ofGenerated.Distances, l))],
            [.. QuantileLevels.Select(l => Quantile(ofUnseen.Distances, l))],
            ofGenerated.Distances.Count(d => d < limit) / (double)ofGenerated.Distances.Length,
            [.. nearest.Select(i => new NearestPair(
                FrechetSeed + (uint)i, (int)(ofGenerated.Nearest(i) % trained), ofGenerated.Nearest(i) >= trained,
                ofGenerated.Distances[i]))]);
    }

    private static double Quantile(double[] values, double level)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, level * sorted.Length)];
    }

    private Dictionary<string, FactorFigures> Factors(PeopleSource network)
    {
        var generated = new List<float[]>();
        network.ForEach(FactorSeed, FactorPortraits, 1, images => generated.AddRange(Read(images)));
        var real = new List<float[]>();
        for (int i = 0; i < heldOut; i += Batch)
        {
            using var scope = new TensorScope();
            real.AddRange(Read(reals.Select([.. Enumerable.Range(trained + i, Math.Min(Batch, heldOut - i))])));
        }

        return attributes.Options.Attributes.Select((a, i) => (a.Name, Figures(Column(generated, i), Column(real, i))))
            .ToDictionary(p => p.Name, p => p.Item2);
    }

    private static FactorFigures Figures(double[] generated, double[] real)
    {
        (double mean, double deviation) = Moments(generated);
        (double realMean, double realDeviation) = Moments(real);
        return new FactorFigures(
            mean, deviation, realMean, realDeviation, deviation / realDeviation, KolmogorovSmirnov.Between(generated, real));
    }

    private LevelFigures Levels(PeopleSource network, StyleLevels levels)
    {
        int count = network.Generator.NumWs;
        int[][] indices =
        [
            [.. Enumerable.Range(0, levels.MiddleLayer)],
            [.. Enumerable.Range(levels.MiddleLayer, levels.FineLayer - levels.MiddleLayer)],
            [.. Enumerable.Range(levels.FineLayer, count - levels.FineLayer)],
        ];
        var changes = new List<float[]>[indices.Length]; // by level: changes of all attributes, a row a pair
        for (int l = 0; l < changes.Length; l++)
        {
            changes[l] = [];
        }

        var whole = new List<float[]>();
        for (int begin = 0; begin < LevelPairs; begin += Batch)
        {
            using var scope = new TensorScope();
            using GradMode mode = GradMode.Off();
            Tensor from = network.Map(Seeds(LevelSeed, begin), 1), to = network.Map(Seeds(LevelSeed + LevelPairs, begin), 1);
            float[][] own = Read(network.Images(from)), other = Read(network.Images(to));
            whole.AddRange(own.Select((row, i) => Difference(other[i], row)));
            for (int l = 0; l < indices.Length; l++)
            {
                float[][] mixed = Read(network.Images(StyleMixing.Mix(from, to, indices[l])));
                changes[l].AddRange(own.Select((row, i) => Difference(mixed[i], row)));
            }
        }

        return new LevelFigures(LevelPairs, indices[0], indices[1], indices[2], Shares(whole, changes));
    }

    private Dictionary<string, double[]> Shares(List<float[]> whole, List<float[]>[] changes)
    {
        var groups = new Dictionary<string, int[]> { ["pose"] = Columns("yaw", "pitch") };
        groups["face_shape"] = Columns(PortraitFactors.Shapes(attributes.Options));
        foreach (AttributeInfo attribute in attributes.Options.Attributes.Where(
            a => !PortraitFactors.Shapes(attributes.Options).Contains(a.Name)))
        {
            groups[attribute.Name] = Columns(attribute.Name);
        }

        groups["hair_color"] = Columns(PortraitFactors.HairLightness, PortraitFactors.HairRed, PortraitFactors.HairYellow);

        // Factors of a group have different units: each is divided by its spread among the rendered portraits. What the attribute
        // network cannot see in an image it predicts with little spread, so such factors weigh little.
        double[] scales = [.. attributes.Deviations.Select(d => 1 / Math.Max(1e-12, d))];
        return groups.Where(g => g.Value.Length > 0).ToDictionary(g => g.Key, g =>
        {
            double total = whole.Sum(row => g.Value.Sum(a => Math.Pow(row[a] * scales[a], 2)));
            return changes.Select(level =>
                level.Select((row, i) => g.Value.Sum(a => row[a] * scales[a] * whole[i][a] * scales[a])).Sum() / total).ToArray();
        });
    }

    private int[] Columns(params string[] names) => [.. names.Select(attributes.IndexOf).Where(i => i >= 0)];

    private static uint[] Seeds(uint first, int begin) => [.. Enumerable.Range(begin, Batch).Select(i => first + (uint)i)];

    // uint8 [N, 3, H, W] to a row of attributes each.
    private float[][] Read(Tensor images)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        return [.. attributes.Predict(Pixels.ToFloat(images)).ToArray<float>().Chunk(attributes.Options.Attributes.Count)];
    }

    private static float[] Difference(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double[] Column(List<float[]> rows, int column) => [.. rows.Select(r => (double)r[column])];

    private static (double Mean, double Deviation) Moments(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Average(v => Math.Pow(v - mean, 2))));
    }
}
