using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class FeatureExtractorTests : IDisposable
{
    // Means over ten thousand pixels: rounding each to a byte changes them by several times this.
    private const double RoundingShows = 1e-6;

    private readonly TemporaryFolder folder = new();

    private string SqueezeNetPath => folder["squeezenet.safetensors"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("features.")]
    [InlineData("net.features.")]
    public void SqueezeNet_gives_512_numbers_for_each_picture_alone(string prefix)
    {
        SqueezeNetFixture.Write(SqueezeNetPath, prefix);
        using IFeatureExtractor extractor = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu);
        Assert.Equal(("squeezenet", 512), (extractor.Name, extractor.Size));
        Tensor images = Noise(3, 3, 40);
        Tensor all = extractor.Extract(images);
        Assert.Equal([3, 512], all.Shape.ToArray());
        Close.To(extractor.Extract(images.Slice(0, 1, 2)), all.Slice(0, 1, 2), 1e-5, "alone");
        Assert.True((all.Select(0, 0) - all.Select(0, 1)).Abs().Max().Item() > 1e-3);
    }

    [Fact]
    public void Pictures_of_128x128_are_normalised_and_not_resized()
    {
        SqueezeNetFixture.Write(SqueezeNetPath);
        using IFeatureExtractor extractor = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu);
        Tensor images = Noise(1, 3, 128);
        Close.To(Features(images.To(DType.Float32)), extractor.Extract(images), 1e-5, "features");
        Assert.Equal("bilinear 128", extractor.ResizeFilter);
    }

    [Fact]
    public void Clean_resizing_takes_the_place_of_the_spaces_own()
    {
        SqueezeNetFixture.Write(SqueezeNetPath);
        using IFeatureExtractor extractor = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu, FeatureResize.Clean);
        Assert.Equal(("squeezenet-clean", "clean 128"), (extractor.Name, extractor.ResizeFilter));
        Tensor images = Noise(1, 3, 150);
        Close.To(Features(CleanResize.To(images, 128)), extractor.Extract(images), 1e-5, "clean");
        using IFeatureExtractor own = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu);
        Assert.True((own.Extract(images) - extractor.Extract(images)).Abs().Max().Item() > 1e-3);
    }

    [Fact]
    public void Clean_images_reach_a_detector_as_numbers_where_it_takes_them()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu, FeatureResize.Clean);
        Assert.Equal(("quadrants-clean", "clean 299 (float32)"), (extractor.Name, extractor.ResizeFilter));

        // Between two columns of 0 and 1: rounded, the left half would be black.
        Tensor images = Tensor.Arange(2, DType.UInt8).Expand(1, 3, 2, 2);
        Tensor quadrant = CleanResize.To(images, 299).Slice(2, 0, 150).Slice(3, 0, 150).Mean([2, 3]) / 255;
        Close.To(quadrant, extractor.Extract(images).Slice(1, 0, DetectorFile.Size, 4), RoundingShows, "left quadrants");
        Assert.True(quadrant.Min().Item() > 100 * RoundingShows);
    }

    [Fact]
    public void Clean_images_are_rounded_where_a_detector_takes_bytes_alone()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Strict, Device.Cpu, FeatureResize.Clean);
        Assert.Equal("clean 299 (rounded to 8 bits)", extractor.ResizeFilter);
        Tensor images = Noise(2, 3, 40);
        Close.To(CleanResize.To(images, 299).Round().Mean([2, 3]), extractor.Extract(images), RoundingShows, "means");
    }

    [Fact]
    public void A_detector_resizes_by_itself_by_default()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Strict, Device.Cpu);
        Assert.Equal("the detector's own", extractor.ResizeFilter);
        Tensor images = Noise(2, 3, 40);
        Close.To(images.To(DType.Float32).Mean([2, 3]), extractor.Extract(images), 1e-6, "means");
    }

    [Fact]
    public void Probabilities_are_the_softmax_without_the_last_bias()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu);
        Assert.True(extractor.HasProbabilities);
        Tensor images = Tensor.Cat([Tensor.Zeros([1, 1, 8, 8], DType.UInt8), Tensor.Full([1, 1, 8, 8], 17, DType.UInt8)]);

        // The logits are plus and minus the sum of the twelve features, here 17/255 each.
        double odds = Math.Exp(2 * 12 * 17.0 / 255);
        double[] expected = [0.5, 0.5, odds / (1 + odds), 1 / (1 + odds)];
        Close.To(Tensor.From(expected, [2, 2]), extractor.Probabilities(images), 1e-6, "probabilities");
    }

    [Fact]
    public void Networks_without_probabilities_say_why()
    {
        using IFeatureExtractor strict = FeatureExtractors.Open(DetectorFile.Strict, Device.Cpu);
        Assert.False(strict.HasProbabilities);
        var sum = Assert.Throws<FeatureException>(() => strict.Probabilities(Noise(1, 3, 8)));
        Assert.StartsWith(DetectorFile.Strict, sum.Message);
        Assert.Contains("a row that sums to 6", sum.Message);

        SqueezeNetFixture.Write(SqueezeNetPath);
        using IFeatureExtractor squeeze = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu);
        Assert.False(squeeze.HasProbabilities);
        Assert.Contains(
            "no class probabilities", Assert.Throws<FeatureException>(() => squeeze.Probabilities(Noise(1, 3, 8))).Message);
    }

    [Fact]
    public void A_file_of_torch_save_is_read_as_weights()
    {
        SqueezeNetFixture.Write(SqueezeNetPath);
        using (Torch.IO.SafetensorsFile file = Torch.IO.Safetensors.Read(SqueezeNetPath))
        {
            TorchZipFile.Write(folder["squeezenet.pth"], file.Tensors.Select(t => (t.Key, t.Value)));
        }

        using IFeatureExtractor expected = FeatureExtractors.Open(SqueezeNetPath, Device.Cpu);
        using IFeatureExtractor actual = FeatureExtractors.Open(folder["squeezenet.pth"], Device.Cpu);
        Close.To(expected.Extract(Noise(1, 3, 20)), actual.Extract(Noise(1, 3, 20)), 0, "features");
    }

    [Fact]
    public void A_detector_gives_its_features_under_the_name_of_its_file()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu);
        Assert.Equal(("quadrants", DetectorFile.Size), (extractor.Name, extractor.Size));
        Assert.Equal(Enumerable.Repeat(0.2f, 24), extractor.Extract(Tensor.Full([2, 3, 8, 8], 51, DType.UInt8)).ToArray<float>());
    }

    [Fact]
    public void Gray_is_repeated()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu);
        Tensor gray = Noise(2, 1, 8);
        Close.To(extractor.Extract(Tensor.Cat([gray, gray, gray], dim: 1)), extractor.Extract(gray), 0, "gray");
    }

    [Theory]
    [InlineData(0, 255)]    // Transparent: white, whatever lies under it.
    [InlineData(255, 100)]
    [InlineData(128, 177)]  // 100 * 128/255 + 255 * 127/255 = 177.2
    public void Alpha_is_laid_on_white(byte alpha, byte expected)
    {
        Tensor rgba = Tensor.Cat(
            [Tensor.Full([1, 3, 2, 2], 100, DType.UInt8), Tensor.Full([1, 1, 2, 2], alpha, DType.UInt8)], dim: 1);
        Assert.Equal(Enumerable.Repeat(expected, 12), FeaturePixels.ToRgb(rgba).ToArray<byte>());
    }

    [Fact]
    public void Pictures_that_are_no_bytes_or_have_two_channels_are_refused()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(DetectorFile.Path, Device.Cpu);
        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([1, 3, 8, 8])));
        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([1, 2, 8, 8], DType.UInt8)));
        Assert.Throws<ShapeException>(() => extractor.Extract(Tensor.Zeros([3, 8, 8], DType.UInt8)));
    }

    [Fact]
    public void A_file_without_the_network_is_named()
    {
        SqueezeNetFixture.Write(SqueezeNetPath, "other.");
        Refused(SqueezeNetPath, "net.features.N or features.N");
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        SqueezeNetFixture.Write(SqueezeNetPath, change: t => t.Remove("features.7.squeeze.bias"));
        Refused(SqueezeNetPath, "7.squeeze.bias");
    }

    [Fact]
    public void Weights_that_are_no_numbers_are_named()
    {
        SqueezeNetFixture.Write(SqueezeNetPath, change: t => t["features.0.bias"].FillInPlace(double.NaN));
        Refused(SqueezeNetPath, "features.0.bias");
    }

    [Theory]
    [InlineData("none.pt", null, "does not exist")]
    [InlineData("none.safetensors", null, "does not exist")]
    [InlineData("page.pt", "<html>", "a web page")]
    [InlineData("page.safetensors", "<html>", "no")]
    public void Other_files_are_one_sentence(string name, string? text, string problem)
    {
        if (text is not null)
        {
            File.WriteAllText(folder[name], text);
        }

        Refused(folder[name], problem);
    }

    // The last features of SqueezeNet, averaged, of images of 128x128 in [0, 255].
    private Tensor Features(Tensor images)
    {
        using WeightFile file = WeightFile.Open(SqueezeNetPath);
        using SqueezeNet network = BackboneFile.ReadSqueezeNet(file, Device.Cpu);
        Tensor[] channels = images.Unbind(1);
        Tensor x = Tensor.Stack(
            [((channels[0] / 255) - 0.485) / 0.229, ((channels[1] / 255) - 0.456) / 0.224, ((channels[2] / 255) - 0.406) / 0.225],
            dim: 1);
        return network.Forward(x)[6].Mean([2, 3]);
    }

    private static Tensor Noise(int count, int channels, int side)
    {
        var bytes = new byte[count * channels * side * side];
        new Random(5).NextBytes(bytes);
        return Tensor.From(bytes, [count, channels, side, side]);
    }

    private static void Refused(string path, string problem)
    {
        var e = Assert.Throws<FeatureException>(() => FeatureExtractors.Open(path, Device.Cpu));
        Assert.StartsWith(path, e.Message);
        Assert.Contains(problem, e.Message);
    }
}
