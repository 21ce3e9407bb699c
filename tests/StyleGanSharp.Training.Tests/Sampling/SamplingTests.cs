using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Testing;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Tests.Sampling;

public sealed class SamplingTests
{
    [Fact]
    public void Vector_labels_group_the_grid_by_the_reversed_vector()
    {
        using ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/vector-labels-16x16.zip"));
        var view = new DatasetView(dataset, new DatasetViewOptions { UseLabels = true });
        PreviewGrid grid = PreviewGrid.Choose(view, 2, 6);

        // Six different labels: one a row, by their last number.
        Assert.Equal([4, 4, 5, 5, 0, 0, 1, 1, 3, 3, 2, 2], grid.Indices);
    }

    [Fact]
    public void The_grid_without_a_GPU_has_at_most_64_pictures()
    {
        Assert.Equal((8, 8), PreviewGrid.SmallSize(32, 32));
        Assert.Equal((7, 4), PreviewGrid.SmallSize(2048, 2048));
        Assert.Equal((32, 32), PreviewGrid.FullSize(32, 32));
        Assert.Equal((30, 16), PreviewGrid.FullSize(256, 256));
    }

    [Fact]
    public void Replicas_share_the_items_without_overlap()
    {
        int[] whole = [.. new InfiniteSampler(50, new InfiniteSamplerOptions { Seed = 3 }).Take(300)];
        int[][] shares = [.. Enumerable.Range(0, 3).Select(rank =>
            new InfiniteSampler(50, new InfiniteSamplerOptions { Seed = 3, Rank = rank, Replicas = 3 }).Take(100).ToArray())];
        Assert.Equal(whole, Enumerable.Range(0, 300).Select(i => shares[i % 3][i / 3]));
    }
}
