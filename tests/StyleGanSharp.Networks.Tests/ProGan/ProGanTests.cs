using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops.Convolutions;
using StyleGanSharp.Networks.ProGan;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Tests.ProGan;

/// <summary>What holds for ProGAN networks of any weights.</summary>
public sealed class ProGanTests
{
    private static readonly GeneratorOptions Small =
        new() { ZDim = 6, CDim = 2, Resolution = 16, Channels = new ChannelRule(32, 1, 8) };

    private static readonly DiscriminatorOptions Judge =
        new() { CDim = 2, LabelLogits = 2, Resolution = 16, Channels = new ChannelRule(32, 1, 8) };

    [Fact]
    public void Whole_levels_repeat_the_pixels_of_a_smaller_picture()
    {
        using var scope = new TensorScope();
        using RandomGenerator random = new(1);
        using Generator g = new(Small, Initializer.Random(random));
        (Tensor z, Tensor c) = (Tensor.RandN([2, 6], random), Tensor.RandN([2, 2], random));
        foreach (int level in new[] { 0, 1, 2 })
        {
            g.Lod = level;
            Tensor image = g.Forward(z, c);
            int factor = 1 << level;
            Tensor small = image.Slice(2, 0, step: factor).Slice(3, 0, step: factor).Contiguous();
            Assert.Equal(Boxes.Repeat(small, factor).ToArray<float>(), image.ToArray<float>());
        }
    }

    [Fact]
    public void A_fraction_lies_between_its_levels_and_nothing_jumps()
    {
        using var scope = new TensorScope();
        using RandomGenerator random = new(2);
        using Generator g = new(Small, Initializer.Random(random));
        using Discriminator d = new(Judge, Initializer.Random(random));
        (Tensor z, Tensor c) = (Tensor.RandN([2, 6], random), Tensor.RandN([2, 2], random));
        Tensor At(double lod)
        {
            g.Lod = lod;
            return g.Forward(z, c);
        }

        Close.To(At(0) * 0.75 + At(1) * 0.25, At(0.25), 1e-6, "blend");
        Tensor images = Tensor.RandN([4, 3, 16, 16], random);
        foreach (double lod in new[] { 1.0, 2.0 })
        {
            Close.To(At(lod), At(lod - 1e-7), 1e-5, "picture");
            d.Lod = lod;
            Tensor score = d.Forward(images);
            d.Lod = lod - 1e-7;
            Close.To(score, d.Forward(images), 1e-5, "score");
        }

        Close.To(At(2), At(7.5), 0, "beyond the coarsest level");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_level_of_detail_is_a_number_from_0_on(double lod)
    {
        using Generator g = new(Small, Initializer.ForLoading);
        using Discriminator d = new(Judge, Initializer.ForLoading);
        Assert.Throws<ArgumentOutOfRangeException>(() => g.Lod = lod);
        Assert.Throws<ArgumentOutOfRangeException>(() => d.Lod = lod);
        Assert.Equal((0.0, 0.0), (g.Lod, d.Lod));
    }

    [Fact]
    public void The_level_of_detail_is_saved_and_loaded_with_the_network()
    {
        using RandomGenerator random = new(3);
        using Generator g = new(Small, Initializer.Random(random)), other = new(Small, Initializer.ForLoading);
        g.Lod = 1.25;
        other.LoadFrom(g);
        Assert.Equal(1.25, other.Lod);
    }

    [Fact]
    public void First_values_keep_the_variance_of_the_features_with_either_kind_of_weights()
    {
        using var scope = new TensorScope();
        foreach (bool scaled in new[] { true, false })
        {
            using RandomGenerator random = new(4);
            var options = new Conv2dOptions { Gain = LayerGain.Active, ResampleFilter = [], Equalized = scaled };
            using Conv2dLayer layer = new(64, 64, 3, options, Initializer.Random(random));
            Tensor y = layer.Convolve(Tensor.RandN([4, 64, 16, 16], random)).Slice(2, 1, 15).Slice(3, 1, 15);
            Assert.InRange(y.Square().Mean().ToArray<float>()[0], 1.8, 2.2);
        }
    }

    [Fact]
    public void Every_parameter_receives_a_gradient_while_the_network_fades()
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.On();
        using RandomGenerator random = new(5);
        using Generator g = new(Small, Initializer.Random(random));
        using Discriminator d = new(Judge, Initializer.Random(random));
        g.Lod = d.Lod = 0.5;
        g.RequireGrad(true);
        (Tensor scores, Tensor labels) = d.Judge(g.Forward(Tensor.RandN([4, 6], random), Tensor.RandN([4, 2], random)));
        Assert.Equal([4L, 2], labels.Shape.ToArray());
        NamedTensor[] parameters = [.. g.NamedParameters().Where(p => p.Name is not ("b4.torgb.weight" or "b4.torgb.bias"))];
        Tensor?[] gradients = Gradient.Of([scores.Sum() + labels.Sum()], [.. parameters.Select(p => p.Value)]);
        Assert.All(gradients, gradient => Assert.True(gradient!.Abs().Sum().ToArray<float>()[0] > 0));
    }

    [Fact]
    public void Wrong_shapes_and_missing_labels_are_named()
    {
        using var scope = new TensorScope();
        using Generator g = new(Small, Initializer.ForLoading);
        using Discriminator d = new(Judge, Initializer.ForLoading);
        Assert.Throws<ArgumentNullException>(() => g.Map(Tensor.Zeros([1, 6]), null));
        Assert.Throws<ShapeException>(() => g.Map(Tensor.Zeros([1, 5]), Tensor.Zeros([1, 2])));
        Assert.Throws<ShapeException>(() => g.Map(Tensor.Zeros([1, 6]), Tensor.Zeros([2, 2])));
        Assert.Throws<ShapeException>(() => d.Forward(Tensor.Zeros([1, 3, 8, 8])));
        Assert.Throws<ShapeException>(() => d.Forward(Tensor.Zeros([6, 3, 16, 16])));
    }
}
