using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class LpipsTests
{
    // Half of the last digit that the known values have, and float32 sums in another order.
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData("ex_p0", 0.711048)]
    [InlineData("ex_p1", 0.147902)]
    public void The_authors_pictures_have_the_authors_distances(string name, double expected)
    {
        using Lpips lpips = Lpips.Load(SharedData.FileOrSkip("lpips", "lpips_squeeze.safetensors"), Device.Cpu);
        using GradMode mode = GradMode.Off();
        Assert.Equal(expected, lpips.Distance(Picture("ex_ref"), Picture(name)).Item(), Tolerance);
    }

    [Fact]
    public void Ten_random_pairs_have_the_known_distances()
    {
        using Lpips lpips = Lpips.Load(SharedData.FileOrSkip("lpips", "lpips_squeeze.safetensors"), Device.Cpu);
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(123);
        Tensor a = (Tensor.Rand([10, 3, 100, 100], random) * 2) - 1, b = (Tensor.Rand([10, 3, 100, 100], random) * 2) - 1;
        double[] expected = [0.096066, 0.102557, 0.106166, 0.100328, 0.094143, 0.100283, 0.103349, 0.099010, 0.102976, 0.103139];
        double[] actual = lpips.Distance(a, b).ToArray<double>();
        Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) < Tolerance);
        Assert.Equal(0.100802, actual.Average(), Tolerance);
    }

    [Fact]
    public void The_distance_to_itself_is_zero_and_gradients_reach_the_picture()
    {
        using Lpips lpips = Lpips.Load(SharedData.FileOrSkip("lpips", "lpips_squeeze.safetensors"), Device.Cpu);
        Tensor a = Picture("ex_ref");
        Assert.Equal(0, lpips.Distance(a, a).Item());
        Tensor moving = Picture("ex_p0");
        moving.RequiresGrad = true;
        lpips.Distance(moving, a).Sum().Backward();
        Assert.True(moving.Grad!.AllFinite() && moving.Grad!.Abs().Max().Item() > 0);
    }

    [Fact]
    public void A_file_without_heads_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder["backbone.safetensors"];
        SqueezeNetFixture.Write(path);
        var e = Assert.Throws<FeatureException>(() => Lpips.Load(path, Device.Cpu));
        Assert.Contains("heads of LPIPS", e.Message);
    }

    [Fact]
    public void Features_of_the_real_file_are_positive_and_tell_pictures_apart()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(
            SharedData.FileOrSkip("lpips", "lpips_squeeze.safetensors"), Device.Cpu);
        Tensor features = extractor.Extract(Tensor.Cat([Bytes("ex_ref"), Bytes("ex_p0")]));
        Assert.True(features.Min().Item() >= 0);
        Assert.True((features.Select(0, 0) - features.Select(0, 1)).Abs().Max().Item() > 0.1);
    }

    private static Tensor Bytes(string name)
    {
        ImageBuffer image = ImageFile.Read(SharedData.FileOrSkip("lpips", "images", $"{name}.png")).ToChannels(3);
        return Tensor.From(image.ToPlanar(), [1, 3, image.Height, image.Width]);
    }

    private static Tensor Picture(string name) => Pixels.ToFloat(Bytes(name));
}
