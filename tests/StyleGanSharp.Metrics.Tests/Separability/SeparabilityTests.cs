using StyleGanSharp.Metrics.Separability;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Separability;

[WithTensorScope]
public sealed class SeparabilityTests
{
    private const string Archive = "metric-arithmetic";

    // Both sides are a handful of operations in float64.
    private const double Tolerance = 1e-10;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases => GoldenTfFolder.Has(Archive + ".npz") ? ["ls_tables"] : [];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string key)
    {
        GoldenTensors golden = GoldenTfFolder.Tensors(Archive);
        double[] tables = golden[key].ToArray<double>(), expected = golden["ls_conditional_entropy"].ToArray<double>();
        double[] entropies = [.. tables.Chunk(4).Select(t => ConditionalEntropy.Of(new[,] { { t[0], t[1] }, { t[2], t[3] } }))];
        Assert.Equal(expected.Length, entropies.Length);
        Assert.All(entropies.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, Tolerance));
        double score = golden["ls_score_all_tables"].Item();
        Assert.Equal(score, SeparabilityScore.OfEntropies(entropies), Tolerance * score);
    }

    [Fact]
    public void Entropies_with_a_closed_form()
    {
        Assert.Equal(0, ConditionalEntropy.Of(new double[,] { { 5, 0 }, { 0, 3 } }));
        Assert.Equal(0, ConditionalEntropy.Of(new double[,] { { 0, 5 }, { 3, 0 } }));
        Assert.Equal(1, ConditionalEntropy.Of(new double[,] { { 1, 1 }, { 2, 2 } }), 1e-15);

        // A constant answer leaves the whole entropy of the target; a constant target has none.
        Assert.Equal(2 - (0.75 * Math.Log2(3)), ConditionalEntropy.Of(new double[,] { { 3, 1 }, { 0, 0 } }), 1e-15);
        Assert.Equal(0, ConditionalEntropy.Of(new double[,] { { 3, 0 }, { 1, 0 } }));
        Assert.Equal(Math.Log2(3), ConditionalEntropy.Of(new double[,] { { 2, 2, 2 } }), 1e-15);
    }

    [Fact]
    public void Tables_that_are_no_joint_distribution_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ConditionalEntropy.Of(new double[2, 2]));
        Assert.Throws<ArgumentException>(() => ConditionalEntropy.Of(new double[,] { { 1, -1 }, { 1, 1 } }));
        Assert.Throws<ArgumentException>(() => ConditionalEntropy.Of(new double[,] { { 1, double.NaN }, { 1, 1 } }));
        Assert.Throws<ArgumentException>(() => ConditionalEntropy.Of(new double[,] { { 1, double.PositiveInfinity }, { 1, 1 } }));
        Assert.Throws<ArgumentException>(() => ConditionalEntropy.Table([true], [true, false]));
    }

    [Fact]
    public void A_latent_that_decides_the_attribute_is_separable_and_one_that_does_not_is_not()
    {
        var random = new NumpyRandom(3);
        Tensor latents = Tensor.From(random.RandN(400 * 6), [400, 6]).To(DType.Float32);
        double[] first = latents.Slice(1, 0, 1).ToArray<double>();
        AttributeSeparability decided = AttributeSeparability.Measure(
            "first", latents, first, 200, cancel: Cancel);
        AttributeSeparability chance = AttributeSeparability.Measure(
            "chance", latents, random.RandN(400), 200, cancel: Cancel);
        Assert.True(decided.Converged && chance.Converged);

        // The unsure half, next to the plane, was dropped.
        Assert.Equal(0, decided.Entropy);
        Assert.Equal(1, decided.Accuracy);
        Assert.InRange(chance.Entropy, 0.9, chance.TargetEntropy);
        Assert.InRange(chance.Accuracy, 0.5, 0.65);

        SeparabilityScore score = SeparabilityScore.Of([decided, chance]);
        Assert.Equal(Math.Pow(2, chance.Entropy), score.Value, 1e-12);
        Assert.Empty(score.Remarks);
    }

    [Fact]
    public void An_attribute_that_all_images_have_contributes_nothing_and_is_reported()
    {
        Tensor latents = Tensor.From(new NumpyRandom(3).RandN(20), [10, 2]).To(DType.Float32);
        double[] logits = [.. Enumerable.Range(0, 10).Select(i => i < 8 ? 5.0 + i : -0.1)];
        AttributeSeparability constant = AttributeSeparability.Measure(
            "adult", latents, logits, 8, cancel: Cancel);
        Assert.True(constant.IsConstant);
        Assert.False(constant.TellsNothing);
        Assert.Equal((0.0, 0.0, 1.0), (constant.Entropy, constant.TargetEntropy, constant.Accuracy));
        SeparabilityScore score = SeparabilityScore.Of([constant]);
        Assert.Equal(1, score.Value);
        Assert.StartsWith("adult:", Assert.Single(score.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plane_with_all_images_on_one_side_keeps_the_entropy_of_the_target_and_is_reported()
    {
        AttributeSeparability constant = AttributeSeparability.Compare(
            "beard", [true, true, true, true], [true, false, false, false]);
        Assert.True(constant.TellsNothing);
        Assert.False(constant.IsConstant);
        Assert.Equal(2 - (0.75 * Math.Log2(3)), constant.Entropy, 1e-15);
        Assert.Equal(constant.TargetEntropy, constant.Entropy);
        Assert.Equal(0.25, constant.Accuracy);
        AttributeSeparability unfinished = AttributeSeparability.Compare("hat", [true, false], [true, false], converged: false);
        SeparabilityScore score = SeparabilityScore.Of([constant, unfinished]);
        Assert.Equal(["beard", "hat"], score.Remarks.Select(r => r.Split(':')[0]));
        Assert.Equal(Math.Pow(2, constant.Entropy), score.Value, 1e-15);
        Assert.Throws<ArgumentException>(() => SeparabilityScore.Of([]));
    }
}
