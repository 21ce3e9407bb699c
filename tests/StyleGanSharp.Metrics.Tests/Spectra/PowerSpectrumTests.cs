using System.Globalization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Metrics.Spectra;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Spectra;

[WithTensorScope]
public sealed class PowerSpectrumTests
{
    private const string Archive = "metrics/spectrum.npz";
    private const string Images = "dataset/synthetic-32x32.zip";

    // That of the golden files' README: relative to the maximum.
    private const double Tolerance = 1e-6;

    // The parameters are in the key: spectrum_beta8_interp4.
    public static TheoryData<string> Cases =>
        [.. GoldenFolder.Keys(Archive).Where(k => k.StartsWith("spectrum_beta", StringComparison.Ordinal))];

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Equals_the_golden_numbers(string key)
    {
        string[] parts = key["spectrum_beta".Length..].Split("_interp");
        double beta = double.Parse(parts[0], CultureInfo.InvariantCulture);
        int interpolation = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var golden = new GoldenTensors(Archive);
        Tensor images = Load();
        var moments = new PixelMoments();
        moments.Add(images.Slice(0, 0, 3));
        moments.Add(images.Slice(0, 3));
        double mean = golden["mean"].Item(), deviation = golden["std"].Item();
        Assert.Equal(mean, moments.Mean, Tolerance * mean);
        Assert.Equal(deviation, moments.StandardDeviation, Tolerance * deviation);

        using var spectrum = new PowerSpectrum(
            (int)images.Size(3), moments.Mean, moments.StandardDeviation, beta, interpolation);
        spectrum.Add(images.Slice(0, 0, 5));
        spectrum.Add(images.Slice(0, 5));
        Close.To(golden[key], spectrum.Finish(), Tolerance, key);
    }

    [Theory, InlineData(6, 1), InlineData(5, 1), InlineData(5, 2)]
    public void Equals_the_plain_transform_at_every_frequency(int size, int interpolation)
    {
        int side = size * interpolation;
        double[] image = [.. Enumerable.Range(0, size * size).Select(i => (double)(i * i % 7))];
        using var spectrum = new PowerSpectrum(size, 2, 4, beta: 0, interpolation);
        spectrum.Add(Tensor.From(image, [1, 1, size, size]));
        double[] expected = [.. Enumerable.Range(0, side * side).Select(f =>
        {
            double real = 0, imaginary = 0;
            for (int i = 0; i < image.Length; i++)
            {
                double angle = 2 * Math.PI * ((i / size * (f / side)) + (i % size * (f % side))) / side;
                real += (image[i] - 2) / 4 / size * Math.Cos(angle);
                imaginary += (image[i] - 2) / 4 / size * Math.Sin(angle);
            }

            return (real * real) + (imaginary * imaginary);
        })];
        Close.To(Tensor.From(expected, [side, side]), spectrum.Finish(), 1e-12, "spectrum");
    }

    [Fact]
    public void White_noise_has_the_same_power_everywhere()
    {
        using var random = new RandomGenerator(1);
        using var spectrum = new PowerSpectrum(16, 5, 3, interpolation: 2);
        spectrum.Add((Tensor.RandN([800, 3, 16, 16], random) * 3) + 5);
        double[] power = spectrum.Finish().ToArray<double>();
        Assert.Equal(32 * 32, power.Length);

        // 2400 squares of deviation 1: 2 % each, six deviations for a thousand places.
        Assert.All(power, p => Assert.Equal(1, p, 0.15));
    }

    [Fact]
    public void A_wave_stands_at_its_frequency()
    {
        // Along the rows: 12 cycles in 32 pixels.
        double[] wave = [.. Enumerable.Range(0, 32 * 32).Select(i => Math.Cos(2 * Math.PI * 12 * (i % 32) / 32))];
        using var spectrum = new PowerSpectrum(32, 0, 1, beta: 0, interpolation: 1);
        spectrum.Add(Tensor.From(wave, [1, 1, 32, 32]));
        Tensor power = spectrum.Finish();
        double[] values = power.ToArray<double>();
        Assert.Equal([12, 20], values.Select((v, i) => (v, i)).Where(p => p.v > 1e-6).Select(p => p.i));
        Assert.Equal(32 * 32 / 4, values[12], 1e-6);

        (RadialSlice horizontal, RadialSlice diagonal) = RadialSlice.Of(power);
        Assert.Equal(12.0 / 32, horizontal.Frequencies[Array.IndexOf(horizontal.Decibels, horizontal.Decibels.Max())]);
        Assert.Equal(10 * Math.Log10(256), horizontal.Decibels[12], 1e-9);
        Assert.True(diagonal.Decibels.Max() < -60, "nothing lies on the diagonal");
    }

    [Fact]
    public void Slices_follow_their_direction()
    {
        // Power by place: 10 · row + column, rows and columns 0 to 3 with 2 as the highest frequency.
        Tensor spectrum = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (10.0 * (i / 4)) + (i % 4) + 1)], [4, 4]);
        (RadialSlice horizontal, RadialSlice diagonal) = RadialSlice.Of(spectrum);
        Assert.Equal((0, 45), (horizontal.Degrees, diagonal.Degrees));
        Assert.Equal([0, 0.25, 0.5], horizontal.Frequencies);
        double root = Math.Sqrt(2);
        Assert.Equal([0, root / 4, root / 2], diagonal.Frequencies);
        Assert.Equal([Decibel(1), Decibel(2), Decibel(3)], horizontal.Decibels);

        // At 1: the places (1, 1) and (1, -1) = (1, 3); at 2, both are the same place.
        Assert.Equal([Decibel(1), Decibel((12 + 14) / 2.0), Decibel(23)], diagonal.Decibels);
        Assert.Throws<ShapeException>(() => RadialSlice.Of(Tensor.Zeros([4, 3])));

        static double Decibel(double power) => 10 * Math.Log10(power);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused()
    {
        using var spectrum = new PowerSpectrum(16, 0, 1);
        Assert.Throws<InvalidOperationException>(spectrum.Finish);
        Assert.Throws<ShapeException>(() => spectrum.Add(Tensor.Zeros([1, 3, 16, 8])));
        Assert.Throws<MetricException>(() => spectrum.Add(Tensor.Full([1, 3, 16, 16], double.NaN)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerSpectrum(16, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerSpectrum(16, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerSpectrum(16, 0, 1, interpolation: 17));
        var moments = new PixelMoments();
        Assert.Throws<InvalidOperationException>(() => moments.Mean);
        Assert.Throws<InvalidOperationException>(() => moments.StandardDeviation);
        Assert.Throws<MetricException>(() => moments.Add(Tensor.Full([1], double.NaN)));
    }

    // All images of the data set, [N, C, H, W] uint8.
    private static Tensor Load()
    {
        using ImageDataset dataset = ImageDataset.Open(GoldenFolder.Path(Images));
        var bytes = new byte[dataset.Count * dataset.ImageBytes];
        for (int i = 0; i < dataset.Count; i++)
        {
            dataset.Read(i, bytes.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes));
        }

        return Tensor.From(bytes, [dataset.Count, dataset.Channels, dataset.Height, dataset.Width]);
    }
}
