using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Tests.Features;

[WithTensorScope]
public sealed class LpipsTests : IDisposable
{
    // Half of the last digit that the known values have, and float32 sums in another order.
    private const double Tolerance = 2e-6;

    // The same sums in float32 and in double precision, after up to thirteen convolutions.
    private const double LoopTolerance = 1e-5;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ex_p0", 0.711048)]
    [InlineData("ex_p1", 0.147902)]
    public void The_authors_pictures_have_the_authors_distances(string name, double expected)
    {
        using Lpips lpips = Lpips.Load(LpipsFiles.SqueezeNet, Device.Cpu);
        using GradMode mode = GradMode.Off();
        Assert.Equal(expected, lpips.Distance(Picture("ex_ref"), Picture(name)).Item(), Tolerance);
        Assert.Equal(expected, Squared(lpips, Levels("ex_ref"), Levels(name)).Item(), Tolerance);
    }

    [Fact]
    public void Ten_random_pairs_have_the_known_distances()
    {
        using Lpips lpips = Lpips.Load(LpipsFiles.SqueezeNet, Device.Cpu);
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(123);
        Tensor a = (Tensor.Rand([10, 3, 100, 100], random) * 2) - 1, b = (Tensor.Rand([10, 3, 100, 100], random) * 2) - 1;
        double[] expected = [0.096066, 0.102557, 0.106166, 0.100328, 0.094143, 0.100283, 0.103349, 0.099010, 0.102976, 0.103139];
        double[] actual = lpips.Distance(a, b).ToArray<double>();
        Assert.Equal(expected, actual, (x, y) => Math.Abs(x - y) < Tolerance);
        Assert.Equal(0.100802, actual.Average(), Tolerance);
        double[] squared = Squared(lpips, (a + 1) * 127.5, (b + 1) * 127.5).ToArray<double>();
        Assert.Equal(expected, squared, (x, y) => Math.Abs(x - y) < Tolerance);
    }

    [Fact]
    public void The_distance_to_itself_is_zero_and_vectors_have_the_gradients_of_the_distance()
    {
        using Lpips lpips = Lpips.Load(LpipsFiles.SqueezeNet, Device.Cpu);
        Assert.Equal(0, lpips.Distance(Picture("ex_ref"), Picture("ex_ref")).Item());
        Tensor moving = Picture("ex_p0"), levels = Levels("ex_p0");
        moving.RequiresGrad = levels.RequiresGrad = true;
        Tensor expected = Gradient.Of(lpips.Distance(moving, Picture("ex_ref")).Sum(), moving);
        Tensor actual = Gradient.Of(Squared(lpips, levels, Levels("ex_ref")).Sum(), levels);
        double largest = expected.Abs().Max().Item();
        Assert.True(largest > 1e-4);
        Close.To(expected / largest, actual * 127.5 / largest, 1e-4, "gradient");
    }

    [Fact]
    public void Pixels_where_every_channel_is_zero_have_finite_gradients()
    {
        WriteSqueezeNet(change: t => t["features.0.bias"].FillInPlace(-1e3));
        using Lpips lpips = Lpips.Load(folder["both.safetensors"], Device.Cpu);
        Tensor levels = Levels("ex_p0");
        levels.RequiresGrad = true;
        Assert.True(Gradient.Of(Squared(lpips, levels, Levels("ex_ref")).Sum(), levels).AllFinite());
    }

    [Theory]
    [InlineData("alex", 31)]
    [InlineData("alex", 37)]
    [InlineData("vgg", 16)]
    public void The_other_networks_are_what_loops_compute(string name, int side)
    {
        using PerceptualBackbone network = name == "alex" ? new AlexNet() : new Vgg16();
        Assert.Equal((name, true), (network.Name, side >= network.LeastSide));
        using var random = new RandomGenerator(2);

        // 16 bits, so that the file is half as long; scaled to keep activations near one.
        var tensors = network.NamedTensors().ToDictionary(
            t => t.Name,
            t => (Tensor.RandN(t.Value.Shape, random) * Math.Sqrt(2.0 * t.Value.Size(0) / t.Value.Count)).To(DType.Float16));
        Safetensors.Write(folder["backbone.safetensors"], tensors.Select(t => ($"features.{t.Key}", t.Value)));
        using var lpips = (Lpips)PerceptualSpaces.Open([folder["backbone.safetensors"], LpipsFiles.Heads(name)], Device.Cpu);
        Assert.Equal($"lpips-{name}", lpips.Name);

        using var heads = WeightFile.Open(LpipsFiles.Heads(name));
        Tensor a = (Tensor.Rand([1, 3, side, side], random) * 2) - 1, b = (Tensor.Rand([1, 3, side, side], random) * 2) - 1;
        double expected = PlainLpips.Distance(
            PlainLpips.Sequences[name],
            layer => (tensors[layer].ToArray<double>(), [.. tensors[layer].Shape.ToArray().Select(s => (int)s)]),
            stage => Head(heads, stage, network.Channels[stage]), a.ToArray<double>(), b.ToArray<double>(), side);
        Assert.InRange(expected, 0.01, 10);
        Assert.Equal(expected, lpips.Distance(a, b).Item(), LoopTolerance);
        Assert.Equal(expected, Squared(lpips, (a + 1) * 127.5, (b + 1) * 127.5).Item(), LoopTolerance);
    }

    [Fact]
    public void Heads_of_torch_are_those_of_the_shipped_file()
    {
        using var shipped = WeightFile.Open(LpipsFiles.SqueezeNet);
        using var heads = WeightFile.Open(LpipsFiles.Heads("squeeze"));
        Assert.Equal(7, heads.Shapes.Count);
        Assert.All(Enumerable.Range(0, 7), stage =>
        {
            int channels = (int)shipped.Shapes[$"lin{stage}.model.1.weight"][1];
            Assert.Equal(Head(shipped, stage, channels), Head(heads, stage, channels));
        });
    }

    [Fact]
    public void One_torch_file_with_the_authors_names_holds_all()
    {
        using (SafetensorsFile file = Safetensors.Read(LpipsFiles.SqueezeNet))
        {
            TorchZipFile.Write(folder["lpips.pth"], file.Tensors.Select(t =>
                (t.Key.Replace("net.features.", "net.slice2.", StringComparison.Ordinal), t.Value)));
        }

        using IPerceptualSpace space = PerceptualSpaces.Open([folder["lpips.pth"]], Device.Cpu);
        using GradMode mode = GradMode.Off();
        Assert.Equal("lpips-squeeze", space.Name);
        Assert.Equal(0.711048, Squared(space, Levels("ex_ref"), Levels("ex_p0")).Item(), Tolerance);
    }

    [Fact]
    public void A_detector_embeds_by_itself_and_passes_gradients_on()
    {
        using IPerceptualSpace space = PerceptualSpaces.Open([DetectorFile.Path], Device.Cpu);
        Assert.Equal("quadrants", space.Name);
        Tensor images = Levels("ex_p0");
        Close.To(images.Reshape(1, -1) / 255, space.Embed(images), 1e-6, "vectors");
        images.RequiresGrad = true;
        Close.To(
            Tensor.Full(images.Shape, 1.0 / 255), Gradient.Of(space.Embed(images).Sum(), images), 1e-6, "gradient");
    }

    [Fact]
    public void Two_files_may_come_in_any_order_and_the_last_heads_count()
    {
        string[] both = [LpipsFiles.SqueezeNet, LpipsFiles.Heads("squeeze")];
        using GradMode mode = GradMode.Off();
        foreach (string[] paths in (string[][])[both, [.. both.Reverse()]])
        {
            using IPerceptualSpace space = PerceptualSpaces.Open(paths, Device.Cpu);
            Assert.Equal(0.711048, Squared(space, Levels("ex_ref"), Levels("ex_p0")).Item(), Tolerance);
        }

        WriteSqueezeNet(heads: 0);
        using IPerceptualSpace zero = PerceptualSpaces.Open([LpipsFiles.SqueezeNet, folder["both.safetensors"]], Device.Cpu);
        Assert.Equal(0, Squared(zero, Levels("ex_ref"), Levels("ex_p0")).Item());
    }

    [Fact]
    public void A_file_without_heads_is_named()
    {
        SqueezeNetFixture.Write(folder["backbone.safetensors"]);
        Refused("heads of LPIPS for SqueezeNet", folder["backbone.safetensors"]);
    }

    [Fact]
    public void Heads_of_another_network_are_refused() =>
        Refused("heads of LPIPS for SqueezeNet 1.1 that are needed", LpipsFiles.SqueezeNet, LpipsFiles.Heads("vgg"));

    [Fact]
    public void Negative_heads_are_refused()
    {
        WriteSqueezeNet(heads: -0.1);
        Refused("lin0.model.1.weight has negative weights", folder["both.safetensors"]);
    }

    [Fact]
    public void Files_without_a_known_network_are_refused()
    {
        Refused("none of the networks that LPIPS uses", LpipsFiles.Heads("vgg"));
        Refused("name it alone", DetectorFile.Path, LpipsFiles.Heads("vgg"));
        Refused("does not exist", folder["none.pth"]);
        Refused("from one file or from two");
        Refused("not from 3", LpipsFiles.SqueezeNet, LpipsFiles.SqueezeNet, LpipsFiles.SqueezeNet);
        Refused("failed when it was called", DetectorFile.Strict);
    }

    [Fact]
    public void Damaged_torch_files_are_refused()
    {
        byte[] whole = File.ReadAllBytes(LpipsFiles.Heads("alex"));
        for (int length = 0; length < whole.Length; length += 499)
        {
            File.WriteAllBytes(folder["heads.pth"], whole[..length]);
            Assert.Throws<FeatureException>(
                () => PerceptualSpaces.Open([LpipsFiles.SqueezeNet, folder["heads.pth"]], Device.Cpu));
        }
    }

    [Fact]
    public void Images_that_are_too_small_or_gray_are_refused()
    {
        using Lpips lpips = Lpips.Load(LpipsFiles.SqueezeNet, Device.Cpu);
        Assert.Throws<ShapeException>(() => lpips.Embed(Tensor.Zeros([1, 3, 16, 64])));
        Assert.Throws<ShapeException>(() => lpips.Embed(Tensor.Zeros([1, 1, 64, 64])));
        Assert.Equal(1, lpips.Embed(Tensor.Zeros([1, 3, 17, 17])).Size(0));
    }

    [Fact]
    public void Features_of_the_real_file_are_positive_and_tell_pictures_apart()
    {
        using IFeatureExtractor extractor = FeatureExtractors.Open(LpipsFiles.SqueezeNet, Device.Cpu);
        Tensor features = extractor.Extract(Tensor.Cat([Bytes("ex_ref"), Bytes("ex_p0")]));
        Assert.True(features.Min().Item() >= 0);
        Assert.True((features.Select(0, 0) - features.Select(0, 1)).Abs().Max().Item() > 0.1);
    }

    private static Tensor Squared(IPerceptualSpace space, Tensor a, Tensor b) =>
        (space.Embed(a) - space.Embed(b)).Square().Sum([1]);

    private static double[] Head(WeightFile file, int stage, int channels)
    {
        Tensor head = Tensor.Empty([1, channels, 1, 1]);
        file.ReadInto($"lin{stage}.model.1.weight", head);
        return head.ToArray<double>();
    }

    private static Tensor Bytes(string name)
    {
        ImageBuffer image = ImageFile.Read(LpipsFiles.Image(name)).ToChannels(3);
        return Tensor.From(image.ToPlanar(), [1, 3, image.Height, image.Width]);
    }

    private static Tensor Picture(string name) => Pixels.ToFloat(Bytes(name));

    private static Tensor Levels(string name) => Bytes(name).To(DType.Float32);

    private static void Refused(string problem, params string[] paths) =>
        Assert.Contains(problem, Assert.Throws<FeatureException>(() => PerceptualSpaces.Open(paths, Device.Cpu)).Message);

    // Random convolutions with heads of one value.
    private void WriteSqueezeNet(double heads = 0.1, Action<Dictionary<string, Tensor>>? change = null) =>
        SqueezeNetFixture.Write(folder["both.safetensors"], change: tensors =>
        {
            foreach ((int stage, int channels) in ((int[])[64, 128, 256, 384, 384, 512, 512]).Index())
            {
                tensors.Add($"lin{stage}.model.1.weight", Tensor.Full([1, channels, 1, 1], heads));
            }

            change?.Invoke(tensors);
        });
}
