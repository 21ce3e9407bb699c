using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests.Augment;

[WithTensorScope]
public sealed class DiffAugmentTests
{
    private const DiffAugmentPolicy Everything =
        DiffAugmentPolicy.Color | DiffAugmentPolicy.Translation | DiffAugmentPolicy.Cutout;

    // float32 sums of 3 x 12 x 16 values against double.
    private const double Tolerance = 2e-6;

    [Theory]
    [InlineData(DiffAugmentPolicy.Color, 3)]
    [InlineData(DiffAugmentPolicy.Color, 1)]
    [InlineData(DiffAugmentPolicy.Color, 4)]
    [InlineData(DiffAugmentPolicy.Translation, 3)]
    [InlineData(DiffAugmentPolicy.Cutout, 3)]
    [InlineData(Everything, 3)]
    public void Values_are_those_of_the_formulas(DiffAugmentPolicy policy, int channels)
    {
        Tensor images = Random([9, channels, 12, 16]);
        var draws = new ListedDraws();
        float[] augmented = new DiffAugment(policy).Apply(images, draws).ToArray<float>();
        double[] expected = Naive(
            Array.ConvertAll(images.ToArray<float>(), v => (double)v), policy, 9, channels, 12, 16, draws.Values);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], augmented[i], Tolerance);
        }
    }

    [Fact]
    public void The_ends_of_the_draws_are_the_ends_of_the_shifts_and_cuts()
    {
        float most = MathF.BitDecrement(1);
        Tensor ones = Tensor.Ones([2, 1, 16, 16]);
        float[] shifted = new DiffAugment(DiffAugmentPolicy.Translation).Apply(
            ones, new GivenDraws([0, 0, most, most])).ToArray<float>();
        Assert.Equal((14 * 14, 14 * 14), (shifted[..256].Count(v => v == 1), shifted[256..].Count(v => v == 1)));
        Assert.Equal((0, 1, 1, 0), (shifted[0], shifted[255], shifted[256], shifted[511]));

        // The centre at a corner leaves three quarters of the square outside.
        float[] cut = new DiffAugment(DiffAugmentPolicy.Cutout).Apply(ones, new GivenDraws([0, 0, most, 0.5f])).ToArray<float>();
        Assert.Equal((16, 32), (cut[..256].Count(v => v == 0), cut[256..].Count(v => v == 0)));
        Assert.Equal(0, cut[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void First_and_second_derivatives_equal_differences(int channels)
    {
        Tensor images = Random([2, channels, 8, 6], DType.Float64);
        var augment = new DiffAugment(Everything);
        GradCheck.Second(
            inputs =>
            {
                using var generator = new RandomGenerator(8);
                return augment.Apply(inputs[0], new RandomDraws(generator)).Square();
            },
            images);
    }

    [Fact]
    public void The_same_seed_gives_the_same_pictures_and_every_picture_its_own()
    {
        Tensor images = Tensor.Ones([4, 3, 16, 16]);
        Assert.Equal(Run(5), Run(5));
        Assert.NotEqual(Run(5), Run(6));
        float[] all = Run(5);
        int size = all.Length / 4;
        Assert.NotEqual(all[..size], all[size..(2 * size)]);

        float[] Run(ulong seed)
        {
            using var generator = new RandomGenerator(seed);
            return new DiffAugment(Everything).Apply(images, new RandomDraws(generator)).ToArray<float>();
        }
    }

    [Fact]
    public void Opacity_keeps_its_colour()
    {
        Tensor images = Random([2, 4, 8, 8]);
        using var generator = new RandomGenerator(1);
        Tensor augmented = new DiffAugment(DiffAugmentPolicy.Color).Apply(images, new RandomDraws(generator));
        Assert.Equal(images.Slice(1, 3).ToArray<float>(), augmented.Slice(1, 3).ToArray<float>());
        ShapeException error = Assert.Throws<ShapeException>(
            () => new DiffAugment(Everything).Apply(Tensor.Zeros([1, 2, 8, 8]), new RandomDraws(generator)));
        Assert.Contains("2 channels", error.Message);
    }

    [Fact]
    public void Policies_are_read_from_text()
    {
        Assert.Equal(Everything, DiffAugmentPolicies.TryParse(DiffAugmentPolicies.Default));
        Assert.Equal(DiffAugmentPolicy.Cutout | DiffAugmentPolicy.Color, DiffAugmentPolicies.TryParse("cutout,color"));
        Assert.All(["", "color,", "colour", "color,color"], text => Assert.Null(DiffAugmentPolicies.TryParse(text)));
    }

    /// <summary>The paper's formulas, pixel by pixel in double precision.</summary>
    private static double[] Naive(
        double[] x, DiffAugmentPolicy policy, int n, int channels, int height, int width, Dictionary<string, float[]> draws)
    {
        int colours = Math.Min(channels, 3), area = height * width;
        var y = (double[])x.Clone();
        for (int i = 0; i < n; i++)
        {
            Span<double> picture = y.AsSpan(i * channels * area, channels * area);
            if (policy.HasFlag(DiffAugmentPolicy.Color))
            {
                double brightness = draws["brightness/value"][i] - 0.5;
                double saturation = draws["saturation/value"][i] * 2.0;
                double contrast = draws["contrast/value"][i] + 0.5;
                double total = 0;
                for (int p = 0; p < area; p++)
                {
                    double mean = 0;
                    for (int c = 0; c < colours; c++)
                    {
                        picture[(c * area) + p] += brightness;
                        mean += picture[(c * area) + p] / colours;
                    }

                    for (int c = 0; c < colours; c++)
                    {
                        picture[(c * area) + p] = ((picture[(c * area) + p] - mean) * saturation) + mean;
                        total += picture[(c * area) + p] / (colours * area);
                    }
                }

                for (int p = 0; p < colours * area; p++)
                {
                    picture[p] = ((picture[p] - total) * contrast) + total;
                }
            }

            if (policy.HasFlag(DiffAugmentPolicy.Translation))
            {
                // The image moves left and up where the window of the padded one moves right and down.
                int dx = (int)Math.Floor(draws["translation/value"][2 * i] * ((2 * (width / 8)) + 1.0)) - (width / 8);
                int mostY = (int)((height / 8.0) + 0.5);
                int dy = (int)Math.Floor(draws["translation/value"][(2 * i) + 1] * ((2 * mostY) + 1.0)) - mostY;
                double[] before = picture.ToArray();
                for (int p = 0; p < picture.Length; p++)
                {
                    (int row, int column) = ((p % area / width) + dy, (p % width) + dx);
                    picture[p] = row >= 0 && row < height && column >= 0 && column < width
                        ? before[(p / area * area) + (row * width) + column] : 0;
                }
            }

            if (policy.HasFlag(DiffAugmentPolicy.Cutout))
            {
                int cx = (int)Math.Floor(draws["cutout/value"][2 * i] * (width + 1.0)), cy = (int)Math.Floor(
                    draws["cutout/value"][(2 * i) + 1] * (height + 1.0));
                for (int p = 0; p < picture.Length; p++)
                {
                    (int row, int column) = (p % area / width, p % width);
                    bool inside = row >= cy - (height / 4) && row < cy + (height / 4) && column >= cx - (width / 4)
                        && column < cx + (width / 4);
                    picture[p] = inside ? 0 : picture[p];
                }
            }
        }

        return y;
    }

    private static Tensor Random(ReadOnlySpan<long> shape, DType dtype = DType.Float32)
    {
        using var generator = new RandomGenerator(2);
        return Tensor.RandN(shape, generator, dtype);
    }

    /// <summary>Uniform numbers that are kept by name.</summary>
    private sealed class ListedDraws : IAugmentDraws
    {
        private readonly Random random = new(3);

        public Dictionary<string, float[]> Values { get; } = [];

        public Tensor Uniform(string name, ReadOnlySpan<long> shape)
        {
            long count = 1;
            foreach (long size in shape)
            {
                count *= size;
            }

            Values[name] = [.. Enumerable.Range(0, (int)count).Select(_ => random.NextSingle())];
            return Tensor.From(Values[name], shape);
        }

        public Tensor Normal(string name, ReadOnlySpan<long> shape) =>
            throw new InvalidOperationException("There are no normal draws.");
    }

    private sealed class GivenDraws(float[] values) : IAugmentDraws
    {
        public Tensor Uniform(string name, ReadOnlySpan<long> shape) => Tensor.From(values, shape);

        public Tensor Normal(string name, ReadOnlySpan<long> shape) =>
            throw new InvalidOperationException("There are no normal draws.");
    }
}
