using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops;

public sealed class GrowingPicturesTests
{
    private const int FullLog2 = 5;

    public static TheoryData<string> Levels => [.. GoldenTfFolder.Tensors("process-reals").Keys];

    [Theory, MemberData(nameof(Levels)), Trait("Kind", "Golden"), WithTensorScope]
    public void Pictures_of_a_level_are_blended_and_repeated_as_in_the_golden_file(string key)
    {
        double lod = double.Parse(key["lod".Length..].Replace('_', '.'), System.Globalization.CultureInfo.InvariantCulture);
        int level = FullLog2 - (int)Math.Floor(lod);
        Tensor own = GoldenTfFolder.Tensors("tfrecords/tiny32")[$"r{level:00}"].Slice(0, 0, 4).To(DType.Float32) / 127.5 - 1;

        // The fixture begins with pictures of the level; here those are what is left of pictures of full size.
        Tensor full = Repeat(own, 1 << (FullLog2 - level));
        Close.To(GoldenTfFolder.Tensors("process-reals")[key], GrowingPictures.At(full, lod), 1e-5, key);
    }

    [Fact, WithTensorScope]
    public void Blocks_are_averages_and_a_fade_is_between_two_levels()
    {
        Tensor images = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)i)], [1, 1, 4, 4]);
        Assert.Equal([2.5f, 2.5f, 4.5f, 4.5f], GrowingPictures.At(images, 1).Slice(2, 0, 1).ToArray<float>());
        Assert.Equal(7.5f, GrowingPictures.At(images, 2).ToArray<float>()[0]);
        Assert.Equal([1.25f, 1.75f], GrowingPictures.At(images, 0.5).ToArray<float>()[..2]);
        Assert.Equal(images.ToArray<float>(), GrowingPictures.At(images, 0).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => GrowingPictures.At(images, -1));
    }

    private static Tensor Repeat(Tensor x, int factor) => x.Reshape(x.Size(0), x.Size(1), x.Size(2), 1, x.Size(3), 1)
        .Expand(x.Size(0), x.Size(1), x.Size(2), factor, x.Size(3), factor)
        .Reshape(x.Size(0), x.Size(1), x.Size(2) * factor, x.Size(3) * factor);
}
