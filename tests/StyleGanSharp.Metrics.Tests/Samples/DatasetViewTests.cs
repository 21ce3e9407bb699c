using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Metrics.Tests.Samples;

public sealed class DatasetViewTests
{
    [Fact]
    public void Both_mirrors_give_four_times_the_pictures()
    {
        using ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/gray-16x16.zip"));
        var view = new DatasetView(dataset, new DatasetViewOptions { FlipX = true, FlipY = true, UseLabels = true });
        Assert.Equal(24, view.Count);
        Assert.Equal(24, Enumerable.Range(0, 24).Select(i => view[i]).Distinct().Count());
        Assert.Equal(new DatasetItem(0, FlipX: true, FlipY: true), view[18]);
        Assert.False(view.UsesLabels);
        Assert.Equal(0, view.LabelSize);
    }

    [Fact]
    public void Labels_are_used_only_when_asked_for()
    {
        using ImageDataset dataset = ImageDataset.Open(Fixtures.Golden.Path("dataset/synthetic-32x32.zip"));
        Assert.Equal(0, new DatasetView(dataset, new DatasetViewOptions()).LabelSize);
        var view = new DatasetView(dataset, new DatasetViewOptions { UseLabels = true });
        var label = new float[view.LabelSize];
        view.CopyLabel(19, label);
        Assert.Equal([0, 0, 1], label);
    }
}
