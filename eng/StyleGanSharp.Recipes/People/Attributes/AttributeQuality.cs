using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Recipes.People.Attributes;

/// <summary>How well an attribute network reads portraits it was not trained on.</summary>
/// <param name="Portraits">How many.</param>
/// <param name="Attributes">By name: the share of variance explained (R²) of values, the accuracy at 0.5 of presences.</param>
/// <param name="LandmarkError">Mean distance of the landmarks in pixels of the network's images.</param>
internal sealed record AttributeQuality(int Portraits, IReadOnlyDictionary<string, double> Attributes, double LandmarkError)
{
    private const int Batch = 128;

    /// <summary>Reads the portraits from a number on.</summary>
    internal static AttributeQuality Measure(AttributeNetwork network, PortraitSet portraits, int first)
    {
        int count = portraits.Count - first, attributes = portraits.Attributes.Length;
        var read = new float[count * attributes];
        double distance = 0;
        using GradMode mode = GradMode.Off();
        for (int begin = 0; begin < count; begin += Batch)
        {
            using var scope = new TensorScope();
            int[] indices = [.. Enumerable.Range(first + begin, Math.Min(Batch, count - begin))];
            (Tensor values, Tensor landmarks) = network.PredictWithLandmarks(portraits.Images.Augmented(indices));
            values.ToArray<float>().CopyTo(read, begin * attributes);
            float[] points = landmarks.ToArray<float>();
            int at = indices[0] * PortraitSet.LandmarkCount * 2;
            for (int p = 0; p < points.Length; p += 2)
            {
                distance += Math.Sqrt(
                    Math.Pow(points[p] - portraits.Landmarks[at + p], 2) + Math.Pow(
                        points[p + 1] - portraits.Landmarks[at + p + 1], 2));
            }
        }

        var quality = new Dictionary<string, double>();
        for (int a = 0; a < attributes; a++)
        {
            (double Read, double True)[] pairs = [.. Enumerable.Range(0, count)
                .Select(i => ((double)read[(i * attributes) + a], (double)portraits.Factors[((first + i) * attributes) + a]))
                .Where(p => double.IsFinite(p.Item2))];
            quality[portraits.Attributes[a].Name] = portraits.Attributes[a].Kind == AttributeKind.Probability
                ? pairs.Count(p => (p.Read > 0.5) == (p.True > 0.5)) / (double)pairs.Length
                : Explained(pairs);
        }

        return new AttributeQuality(
            count, quality, distance / (count * (double)PortraitSet.LandmarkCount) * portraits.Images.Side);
    }

    private static double Explained((double Read, double True)[] pairs)
    {
        double mean = pairs.Average(p => p.True);
        return 1 - (pairs.Sum(p => Math.Pow(p.Read - p.True, 2)) / pairs.Sum(p => Math.Pow(p.True - mean, 2)));
    }
}
