using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class FeatureExtractorTests : IDisposable
{
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
        using Torch.IO.SafetensorsFile file = Torch.IO.Safetensors.Read(SqueezeNetPath);
        using SqueezeNet network = SqueezeNetFile.ReadBackbone(SqueezeNetPath, file, Device.Cpu);
        Tensor[] channels = images.To(DType.Float32).Unbind(1);
        Tensor x = Tensor.Stack(
            [((channels[0] / 255) - 0.485) / 0.229, ((channels[1] / 255) - 0.456) / 0.224, ((channels[2] / 255) - 0.406) / 0.225],
            dim: 1);
        Close.To(network.Forward(x)[6].Mean([2, 3]), extractor.Extract(images), 1e-5, "features");
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
