using StyleGanSharp.Networks.Features;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

[Collection(nameof(RunAlone))] // Counts the tensors of the process.
public sealed class FeatureLeakTests
{
    [Theory]
    [NoLeaks]
    [InlineData(FeatureResize.Own)]
    [InlineData(FeatureResize.Clean)]
    public void Opening_and_using_a_detector_leaves_no_tensors(FeatureResize resize)
    {
        using Tensor bytes = Tensor.Zeros([2, 3, 32, 32], DType.UInt8);
        using Tensor levels = Tensor.Zeros([2, 3, 32, 32]);
        foreach (string path in (string[])[DetectorFile.Path, LpipsFiles.SqueezeNet])
        {
            using Detector detector = Detector.Open(path, Device.Cpu, resize);
            detector.Features!.Extract(bytes).Dispose();
            detector.Perceptual!.Embed(levels).Dispose();
            if (detector.HasProbabilities)
            {
                detector.Features.Probabilities(bytes).Dispose();
            }
        }
    }

    [Fact]
    [NoLeaks]
    public void Files_that_are_refused_leave_no_tensors()
    {
        using var folder = new TemporaryFolder();
        SqueezeNetFixture.Write(folder["backbone.safetensors"], change: t => t["features.0.bias"].FillInPlace(double.NaN));
        Assert.Throws<FeatureException>(() => FeatureExtractors.Open(folder["backbone.safetensors"], Device.Cpu));
        Assert.Throws<FeatureException>(() => PerceptualSpaces.Open([LpipsFiles.SqueezeNet, LpipsFiles.Heads("vgg")], Device.Cpu));
        Assert.Throws<FeatureException>(() => PerceptualSpaces.Open([DetectorFile.Strict], Device.Cpu));
    }
}
