using StyleGanSharp.Metrics.Separability;
using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Metrics.Tests.Separability;

public sealed class ConfidenceSelectionTests
{
    [Fact]
    public void Keeps_the_largest_probabilities_of_either_class()
    {
        double[] logits = new NumpyRandom(1).RandN(200);
        int[] kept = ConfidenceSelection.MostConfident(logits, 80);
        IEnumerable<int> expected = Enumerable.Range(0, 200).OrderByDescending(i => Confidence(logits[i])).Take(80);
        Assert.Equal(expected, kept);
        Assert.Contains(kept, i => logits[i] > 0);
        Assert.Contains(kept, i => logits[i] < 0);

        static double Confidence(double logit)
        {
            double p = 1 / (1 + Math.Exp(-2 * logit));
            return Math.Max(p, 1 - p);
        }
    }

    [Fact]
    public void Tells_sure_answers_apart_and_keeps_the_order_of_equal_ones()
    {
        // The probabilities of 300 and 200 are both 1 in double precision.
        Assert.Equal([2, 0], ConfidenceSelection.MostConfident([200, 1, 300], 2));
        Assert.Equal([1, 2, 3], ConfidenceSelection.MostConfident([0, -2, 2, -2], 3));
        Assert.Empty(ConfidenceSelection.MostConfident([1], 0));
    }

    [Fact]
    public void Too_many_images_and_logits_that_are_not_numbers_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSelection.MostConfident([1, 2], 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSelection.MostConfident([1, 2], -1));
        Assert.Throws<MetricException>(() => ConfidenceSelection.MostConfident([1, double.NaN], 1));
    }
}
