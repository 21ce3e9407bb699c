using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Tests.Checkpoints.Pickle;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class DetectorTests : IDisposable
{
    private static readonly byte[] Script = File.ReadAllBytes(DetectorFile.Path);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_detector_of_the_field_can_do_everything()
    {
        using Detector detector = Detector.Open(DetectorFile.Path, Device.Cpu);
        Assert.Equal(DetectorFile.Size, detector.Features!.Size);
        Assert.True(detector.HasProbabilities);
        Assert.Equal([1, 3 * 20 * 20], detector.Perceptual!.Embed(Tensor.Zeros([1, 3, 20, 20])).Shape.ToArray());
    }

    [Fact]
    public void A_detector_without_the_other_keywords_has_features_alone()
    {
        using Detector detector = Detector.Open(DetectorFile.Strict, Device.Cpu);
        Assert.Equal((3, false, null), (detector.Features!.Size, detector.HasProbabilities, detector.Perceptual));
    }

    [Fact]
    public void The_shipped_file_is_a_space_and_a_distance()
    {
        using Detector detector = Detector.Open(LpipsFiles.SqueezeNet, Device.Cpu, FeatureResize.Clean);
        Assert.Equal(("squeezenet-clean", "lpips-squeeze"), (detector.Features!.Name, detector.Perceptual!.Name));
        Assert.False(detector.HasProbabilities);
    }

    [Fact]
    public void A_file_that_can_do_nothing_is_named()
    {
        File.Copy(LpipsFiles.Image("ex_p0"), folder["image.pt"]);
        Refused(folder["image.pt"], "not a TorchScript file");
        SqueezeNetFixture.Write(folder["other.safetensors"], "other.");
        Refused(folder["other.safetensors"], "is not a detector");
        Refused(folder["none.pt"], "does not exist");
    }

    [Fact]
    public void A_program_without_its_weights_says_so()
    {
        // Test programs have no models folder beside them.
        Assert.EndsWith(Path.Combine("models", "lpips", "squeezenet.safetensors"), ShippedFeatures.SqueezeNetPath);
        Assert.Contains(
            "belongs to the program", Assert.Throws<FeatureException>(() => ShippedFeatures.OpenFeatures(Device.Cpu)).Message);
        Assert.Contains(
            "belongs to the program", Assert.Throws<FeatureException>(() => ShippedFeatures.OpenPerceptual(Device.Cpu)).Message);
    }

    public static TheoryData<string, byte[]> Wrappings => new()
    {
        // An object whose state has the bytes.
        { "state", new PickleAssembler().Proto(4).Global("some.module", "Wrapper").Raw(")\u0081}")
            .Text("module").Data(Script).Raw("sb").Stop() },

        // An official layer object, several levels deep, beside other values.
        { "persistent", new PickleAssembler().Proto(4).Global("torch_utils.persistence", "_reconstruct_persistent_obj")
            .Raw("}(").Text("type").Text("class").Text("state").Raw("}(").Text("training").Raw(0x89)
            .Text("inner").Raw("](").Int(3).Data(Script).Raw("e").Raw("u").Raw("u").Raw(0x85).Call().Stop() },

        // A call that would load them.
        { "call", new PickleAssembler().Proto(2).Global("torch.jit", "load").Global("io", "BytesIO").Data(Script)
            .Raw(0x85).Call().Raw(0x85).Call().Stop() },
    };

    [Theory]
    [MemberData(nameof(Wrappings))]
    public void A_pickle_that_wraps_a_detector_is_opened_without_running_it(string name, byte[] pickle)
    {
        string path = folder[$"{name}.pkl"];
        File.WriteAllBytes(path, pickle);
        using Detector detector = Detector.Open(path, Device.Cpu);
        Assert.Equal(name, detector.Features!.Name);
        Tensor images = Tensor.Full([1, 3, 8, 8], 51, DType.UInt8);
        Assert.Equal(Enumerable.Repeat(0.2f, DetectorFile.Size), detector.Features.Extract(images).ToArray<float>());
        Assert.NotNull(detector.Perceptual);
    }

    [Fact]
    public void Pickles_without_one_whole_archive_are_refused()
    {
        Pickled("has none", new PickleAssembler().Proto(4).Raw("}").Text("module").Data([1, 2, 3]).Raw("s").Stop());
        Pickled("more than one", new PickleAssembler().Proto(4).Raw("(").Data(Script).Data(Script).Raw("t").Stop());
        Pickled("os.system", new PickleAssembler().Proto(2).Global("os", "system").Data(Script).Raw(0x85).Call().Stop());
        Pickled("cut off", new PickleAssembler().Proto(4).Raw("}").Text("module").Data(Script).Bytes[..2000]);
        Pickled("cut off or damaged", new PickleAssembler().Proto(4).Data(Script[..2000]).Stop());

        // A list that contains itself.
        Pickled("has none", new PickleAssembler().Proto(4).Raw("]q").Raw(0).Raw("h").Raw(0).Raw("a").Stop());
    }

    [Fact]
    public void Every_changed_byte_of_a_pickle_is_survived()
    {
        byte[] whole = new PickleAssembler().Proto(4).Global("some.module", "Wrapper").Raw(")\u0081}")
            .Text("module").Data(Script).Raw("sb").Stop();
        int refused = 0;
        foreach (int position in Enumerable.Range(0, 60).Concat([whole.Length - 3, whole.Length - 2, whole.Length - 1]))
        {
            byte[] changed = [.. whole];
            changed[position] ^= 0xff;
            File.WriteAllBytes(folder["changed.pkl"], changed);
            Exception? error = Record.Exception(() => Detector.Open(folder["changed.pkl"], Device.Cpu).Dispose());
            Assert.True(error is null or FeatureException, error?.ToString());
            refused += error is null ? 0 : 1;
        }

        Assert.True(refused > 10);
    }

    private void Pickled(string problem, byte[] pickle)
    {
        File.WriteAllBytes(folder["detector.pkl"], pickle);
        Refused(folder["detector.pkl"], problem);
    }

    private static void Refused(string path, string problem)
    {
        var e = Assert.Throws<FeatureException>(() => Detector.Open(path, Device.Cpu));
        Assert.StartsWith(path, e.Message);
        Assert.Contains(problem, e.Message);
    }
}
