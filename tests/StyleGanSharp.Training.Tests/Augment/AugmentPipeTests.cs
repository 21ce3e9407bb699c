using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

[WithTensorScope]
public sealed class AugmentPipeTests
{
    private const double Strong = 0.8;

    public static TheoryData<string> Presets => [.. AugmentPresets.Names];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void First_and_second_derivatives_equal_differences(int channels)
    {
        Tensor images = Random([2, channels, 5, 6], DType.Float64);
        var pipe = new AugmentPipe(AugmentPresets.Parse("bgcfnc"));
        GradCheck.Second(
            inputs =>
            {
                using var generator = new RandomGenerator(8);
                return pipe.Apply(inputs[0], Strong, new RandomDraws(generator)).Square();
            },
            images);
    }

    [Theory, MemberData(nameof(Presets))]
    public void At_strength_zero_nothing_changes_and_the_same_draws_are_made(string preset)
    {
        Tensor images = Random([2, 3, 16, 12]);
        var pipe = new AugmentPipe(AugmentPresets.Parse(preset));
        using RandomGenerator none = new(4), some = new(4);
        Assert.Equal(images.ToArray<float>(), pipe.Apply(images, 0, new RandomDraws(none)).ToArray<float>());
        Assert.NotEqual(images.ToArray<float>(), pipe.Apply(images, 1, new RandomDraws(some)).ToArray<float>());
        Assert.Equal(none.State, some.State);
    }

    [Theory, MemberData(nameof(Presets))]
    public void The_same_seed_gives_the_same_pictures(string preset)
    {
        Tensor images = Random([2, 3, 16, 16]);
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));

        float[] Run(ulong seed)
        {
            using var generator = new RandomGenerator(seed);
            return new AugmentPipe(AugmentPresets.Parse(preset)).Apply(
                images, Strong, new RandomDraws(generator)).ToArray<float>();
        }
    }

    [Fact]
    public void Opacity_keeps_its_colour_and_moves_with_the_picture()
    {
        Tensor images = Random([2, 4, 16, 16]);
        Tensor alpha = images.Slice(1, 3), colours = images.Slice(1, 0, 3);
        Close.To(alpha, Run("color", images).Slice(1, 3), 1e-6, "alpha recoloured");
        Close.To(Run("color", colours), Run("color", images).Slice(1, 0, 3), 1e-6, "colours beside alpha");
        Close.To(Run("bg", alpha), Run("bg", images).Slice(1, 3), 1e-6, "alpha moved");
    }

    [Fact]
    public void Pictures_without_colours_are_refused_with_the_number_of_channels()
    {
        using var generator = new RandomGenerator(1);
        var pipe = new AugmentPipe(AugmentPresets.Parse("bgc"));
        ShapeException error = Assert.Throws<ShapeException>(
            () => pipe.Apply(Tensor.Zeros([1, 2, 8, 8]), 1, new RandomDraws(generator)));
        Assert.Contains("2 channels", error.Message);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_strength_below_zero_is_refused(double strength)
    {
        using var generator = new RandomGenerator(1);
        var pipe = new AugmentPipe(new AugmentOptions());
        Assert.Throws<ArgumentOutOfRangeException>(
            () => pipe.Apply(Tensor.Zeros([1, 3, 8, 8]), strength, new RandomDraws(generator)));
    }

    [Fact]
    public void Wrong_options_are_refused_by_name()
    {
        Assert.Contains("ScaleStd", Assert.Throws<ArgumentException>(
            () => new AugmentPipe(new AugmentOptions { ScaleStd = -1 })).Message);
        Assert.Contains("ImageFilterBands[1]", Refused([1, double.NaN, 1, 1]));
        Assert.Contains("4 bands", Refused([1, 1]));
        Assert.Contains("bgcfnc", Assert.Throws<ArgumentException>(() => AugmentPresets.Parse("bgx")).Message);

        static string Refused(double[] bands) =>
            Assert.Throws<ArgumentException>(() => new AugmentPipe(new AugmentOptions { ImageFilterBands = [.. bands] })).Message;
    }

    private static Tensor Run(string preset, Tensor images)
    {
        using var generator = new RandomGenerator(9);
        return new AugmentPipe(AugmentPresets.Parse(preset)).Apply(images, Strong, new RandomDraws(generator));
    }

    private static Tensor Random(ReadOnlySpan<long> shape, DType dtype = DType.Float32)
    {
        using var generator = new RandomGenerator(2);
        return Tensor.RandN(shape, generator, dtype);
    }
}
