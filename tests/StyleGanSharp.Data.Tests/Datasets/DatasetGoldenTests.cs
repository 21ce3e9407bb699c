using System.Text.Json;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Numpy;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets;

public sealed class DatasetGoldenTests
{
    private const string Description = "dataset/expected.json";

    public static TheoryData<string> Archives =>
        GoldenFolder.Has(Description)
            ? [.. GoldenFolder.Json(Description).GetProperty("archives").EnumerateObject().Select(a => a.Name)] : [];

    [GoldenTheory]
    [MemberData(nameof(Archives))]
    public void Pictures_labels_and_facts_are_the_expected_ones(string name)
    {
        JsonElement expected = GoldenFolder.Json(Description).GetProperty("archives").GetProperty(name);
        using ImageDataset dataset = ImageDataset.Open(GoldenFolder.Path($"dataset/{name}.zip"));
        Assert.Equal(expected.GetProperty("num_images").GetDouble(), dataset.Count);
        Assert.Equal(expected.GetProperty("reader_name").GetString(), dataset.Name);
        Assert.Equal(
            expected.GetProperty("image_shape").EnumerateArray().Select(s => s.Int()),
            [dataset.Channels, dataset.Height, dataset.Width]);
        Assert.Equal(expected.GetProperty("label_dim").GetDouble(), dataset.Labels.Size);
        Assert.Equal(expected.GetProperty("has_labels").GetBoolean(), dataset.Labels.Kind != LabelKind.None);
        Assert.Equal(expected.GetProperty("has_onehot_labels").GetBoolean(), dataset.Labels.Kind == LabelKind.Classes);
        Assert.Equal(
            expected.GetProperty("entries").EnumerateArray().Select(e => e.GetString()!).Where(e => e != "dataset.json"),
            dataset.FileNames);

        IReadOnlyDictionary<string, NumpyArray> arrays = GoldenFolder.Arrays("dataset/expected.npz");
        var pixels = new byte[dataset.Count * dataset.ImageBytes];
        var labels = new float[dataset.Count * dataset.Labels.Size];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Read(i, pixels.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes));
            dataset.Labels.CopyTo(i, labels.AsSpan(i * dataset.Labels.Size, dataset.Labels.Size));
        }

        Assert.Equal(arrays[$"{name}/images"].AsSpan<byte>().ToArray(), pixels);
        if (arrays.TryGetValue($"{name}/labels", out NumpyArray? expectedLabels))
        {
            Assert.Equal(expectedLabels.ToSingles(), labels);
        }
    }
}
