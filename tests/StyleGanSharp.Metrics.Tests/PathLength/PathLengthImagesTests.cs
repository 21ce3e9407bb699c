using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.PathLength;

[WithTensorScope]
public sealed class PathLengthImagesTests
{
    private const string Archive = "metric-arithmetic";
    private const string Sizes = "ppl_crop_resolutions";

    public static TheoryData<int, int> Cases =>
        GoldenTfFolder.Has(Archive + ".npz")
            ? [.. GoldenTfFolder.Tensors(Archive).Array(Sizes).AsSpan<long>().ToArray().Select((size, i) => ((int)size, i))]
            : [];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_crop(int size, int row)
    {
        long[] expected = GoldenTfFolder.Tensors(Archive).Array("ppl_crop_rows_cols").AsSpan<long>().Slice(row * 4, 4).ToArray();
        (int top, int bottom, int left, int right) = PathLengthImages.CropOf(size);
        Assert.Equal<long[]>(expected, [top, bottom, left, right]);
    }

    [Fact]
    public void Crops_rows_and_columns_not_the_reverse()
    {
        Tensor images = Tensor.Arange(256).Reshape(1, 1, 16, 16);
        Tensor crop = PathLengthImages.Crop(images);
        Assert.Equal([1, 1, 8, 8], crop.Shape);
        Assert.Equal((6 * 16) + 4, crop.ToArray<float>()[0]);
        Assert.Equal((13 * 16) + 11, crop.ToArray<float>()[^1]);
        Assert.Throws<ShapeException>(() => PathLengthImages.Crop(Tensor.Zeros([1, 1, 16, 8])));
        Assert.Throws<ArgumentOutOfRangeException>(() => PathLengthImages.Crop(Tensor.Zeros([1, 1, 4, 4])));
    }

    [Fact]
    public void Shrinks_large_images_by_whole_boxes_and_leaves_small_ones()
    {
        Tensor images = Tensor.Arange(2 * 512 * 512).Reshape(2, 1, 512, 512);
        Tensor shrunk = PathLengthImages.Shrink(images);
        Assert.Equal([2, 1, 256, 256], shrunk.Shape);
        Assert.Equal((0 + 1 + 512 + 513) / 4f, shrunk.ToArray<float>()[0]);
        Assert.Equal((2 + 3 + 514 + 515) / 4f, shrunk.ToArray<float>()[1]);

        Assert.Equal([2, 1, 511, 512], PathLengthImages.Shrink(images.Slice(2, 0, 511)).Shape);
        Assert.Equal([2, 1, 128, 128], PathLengthImages.Shrink(images, 1024).Shape);
        Assert.Throws<ShapeException>(() => PathLengthImages.Shrink(images.Slice(3, 1)));
    }
}
