using System.Numerics;
using System.Text.RegularExpressions;
using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Ops.UpFirDn;

public sealed partial class GrowingImagesTests
{
    private const string Archive = "process-reals.npz";

    public static TheoryData<string> Levels => [.. GoldenTfFolder.Files.Keys(Archive)];

    [GoldenTheory, MemberData(nameof(Levels)), WithTensorScope]
    public void Pictures_of_a_level_are_blended_and_repeated_as_in_the_golden_file(string key)
    {
        double lod = double.Parse(key["lod".Length..].Replace('_', '.'), System.Globalization.CultureInfo.InvariantCulture);
        Tensor expected = new GoldenTensors(GoldenTfFolder.Files, Archive)[key];
        int factor = 1 << (int)Math.Floor(lod), side = (int)expected.Size(3), level = BitOperations.Log2((uint)(side / factor));
        Tensor own = Records(side)[$"r{level:00}"].Slice(0, 0, expected.Size(0)).To(DType.Float32) / 127.5 - 1;

        // The fixture begins with images of the level; here those are what is left of images of full size.
        Close.To(expected, GrowingImages.At(Repeat(own, factor), lod), 1e-5, key);
    }

    [Fact, WithTensorScope]
    public void Blocks_are_averages_and_a_fade_is_between_two_levels()
    {
        Tensor images = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)i)], [1, 1, 4, 4]);
        Assert.Equal([2.5f, 2.5f, 4.5f, 4.5f], GrowingImages.At(images, 1).Slice(2, 0, 1).ToArray<float>());
        Assert.Equal(7.5f, GrowingImages.At(images, 2).ToArray<float>()[0]);
        Assert.Equal([1.25f, 1.75f], GrowingImages.At(images, 0.5).ToArray<float>()[..2]);
        Assert.Equal(images.ToArray<float>(), GrowingImages.At(images, 0).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => GrowingImages.At(images, -1));
    }

    // The set of records whose largest level has this side.
    private static GoldenTensors Records(int side) => GoldenTfFolder.Files.Names("tfrecords", ".npz")
        .Select(name => GoldenTfFolder.Tensors($"tfrecords/{name}"))
        .First(set => set.Keys.Where(k => LevelKey().IsMatch(k)).Max(k => set.Array(k).Shape[^1]) == side);

    [GeneratedRegex(@"^r\d\d$")]
    private static partial Regex LevelKey();

    private static Tensor Repeat(Tensor x, int factor) => x.Reshape(x.Size(0), x.Size(1), x.Size(2), 1, x.Size(3), 1)
        .Expand(x.Size(0), x.Size(1), x.Size(2), factor, x.Size(3), factor)
        .Reshape(x.Size(0), x.Size(1), x.Size(2) * factor, x.Size(3) * factor);
}
