using StyleGanSharp.Metrics.Manifold;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Manifold;

[WithTensorScope]
public sealed class PrecisionRecallTests
{
    private const string Archive = "metrics/pr.npz";

    // The golden files' README: the reference rounds radii to half precision on a GPU.
    private const double RadiusTolerance = 1e-3;

    public static TheoryData<string> Cases =>
        [.. new GoldenTensors(Archive).Keys.Where(k => k.EndsWith("/precision", StringComparison.Ordinal)).Select(
            k => k[..^"/precision".Length]).Order()];

    [Theory, MemberData(nameof(Cases)), Trait("Kind", "Golden")]
    public void Equals_the_golden_numbers(string name)
    {
        var golden = new GoldenTensors(Archive, name + "/");
        int neighbors = GoldenFolder.Json("metrics/pr.json").GetProperty("nhood_size").GetInt32();
        Tensor real = golden["real"], generated = golden["gen"];
        PrecisionRecall result = PrecisionRecall.Between(real, generated, neighbors, TestContext.Current.CancellationToken);
        Assert.Equal(golden["precision"].Item(), result.Precision, 1.0 / generated.Size(0));
        Assert.Equal(golden["recall"].Item(), result.Recall, 1.0 / real.Size(0));

        foreach ((string key, Tensor set) in new[] { ("radius_real", real), ("radius_gen", generated) })
        {
            if (golden.Has(key))
            {
                Neighbors own = NearestNeighbors.Find(
                    set, set, neighbors, excludeSelf: true, TestContext.Current.CancellationToken);
                double[] radii = [.. Enumerable.Range(0, (int)set.Size(0)).Select(i => own.Distance(i, neighbors - 1))];
                Close.To(golden[key], Tensor.From(radii, [radii.Length]), RadiusTolerance, key);
            }
        }
    }

    [Fact]
    public void Equal_sets_have_both_and_distant_ones_neither()
    {
        using var random = new RandomGenerator(3);
        Tensor a = Tensor.RandN([40, 5], random);
        Assert.Equal(new PrecisionRecall(1, 1), PrecisionRecall.Between(
            a, a.Clone(), cancel: TestContext.Current.CancellationToken));
        Assert.Equal(new PrecisionRecall(0, 0), PrecisionRecall.Between(
            a, a + 100, cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_generator_of_one_image_is_precise_without_recall()
    {
        using var random = new RandomGenerator(4);
        Tensor real = Tensor.RandN([50, 3], random);
        Tensor same = real.Slice(0, 7, 8).Repeat(50, 1);
        PrecisionRecall result = PrecisionRecall.Between(real, same, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(1, result.Precision);
        Assert.Equal(1.0 / 50, result.Recall, 1e-12);
    }

    // Apart, overlapping, and with points that are as good as equal to real ones.
    [Theory, InlineData(0.0), InlineData(0.3), InlineData(2.0)]
    public void Equals_the_reference(double shift)
    {
        using var random = new RandomGenerator(6);
        Tensor real = Tensor.RandN([1104, 12], random).Clamp(0, null);
        Tensor other = (Tensor.RandN([900, 12], random) + shift).Clamp(0, null);
        Tensor generated = Tensor.Cat([other, real.Slice(0, 0, 150) * 1.0000001]);
        PrecisionRecall expected = PrecisionRecall.BetweenByProducts(
            real, generated, cancel: TestContext.Current.CancellationToken);
        PrecisionRecall found = PrecisionRecall.Between(real, generated, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(expected, found);
        Assert.InRange(found.Precision, 0.1, 0.99);
    }

    [Fact]
    public void Collapsed_sets_are_decided_as_well()
    {
        // All generated images alike: every pair of them is as close as any other, so nothing can be decided in float32.
        using var random = new RandomGenerator(7);
        Tensor real = Tensor.RandN([300, 8], random);
        Tensor one = real.Slice(0, 3, 4).Repeat(200, 1) + 100;
        Assert.Equal(new PrecisionRecall(0, 0), PrecisionRecall.Between(
            real, one, cancel: TestContext.Current.CancellationToken));
        Assert.Equal(new PrecisionRecall(1, 1), PrecisionRecall.Between(
            one, one.Clone(), cancel: TestContext.Current.CancellationToken));
    }
}
