using StyleGanSharp.Networks.Latents;

namespace StyleGanSharp.Networks.Tests.Latents;

/// <summary>Closed curves through key frames; the golden files of videos are compared in <c>VideoGoldenTests</c>.</summary>
public sealed class KeyFrameCurveTests
{
    private const double Exact = 1e-12;

    private static readonly double[][] Keys = [[0, 5], [1, -2], [-3, 4]];

    public static TheoryData<bool> Kinds => [true, false];

    [Theory, MemberData(nameof(Kinds))]
    public void It_passes_through_its_key_frames_and_returns(bool cubic)
    {
        KeyFrameCurve curve = Create(cubic, Keys);
        Assert.Equal((3, 2), (curve.Count, curve.Size));
        for (int k = -4; k <= 7; k++)
        {
            AssertClose(Keys[(k + 6) % 3], curve.At(k));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void One_key_frame_stands_still(bool cubic) => AssertClose([7, 8], Create(cubic, [[7, 8]]).At(0.3));

    [Fact]
    public void Lines_are_straight() => AssertClose([-1.0, 1.0], KeyFrameCurve.Linear(Keys).At(1.5));

    [Fact]
    public void A_cubic_curve_has_no_corners()
    {
        KeyFrameCurve curve = KeyFrameCurve.Cubic(Keys);
        const double Step = 1e-5;
        for (int k = 1; k < 3; k++)
        {
            double before = (curve.At(k)[0] - curve.At(k - Step)[0]) / Step, after = (
                curve.At(k + Step)[0] - curve.At(k)[0]) / Step;
            Assert.Equal(before, after, 1e-3);
        }
    }

    // Far from the ends the spline is the periodic one; through samples of a sine it is the sine up to fourth order.
    [Fact]
    public void A_circle_of_many_key_frames_is_nearly_round()
    {
        const int Count = 16;
        KeyFrameCurve curve = KeyFrameCurve.Cubic(
            Enumerable.Range(0, Count).Select(k => new[] { Math.Sin(2 * Math.PI * k / Count) }));
        for (double t = 0; t < Count; t += 0.25)
        {
            Assert.Equal(Math.Sin(2 * Math.PI * t / Count), curve.At(t)[0], 1e-4);
        }
    }

    [Fact]
    public void Key_frames_of_different_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => KeyFrameCurve.Cubic([[1], [1, 2]]));
        Assert.Throws<ArgumentException>(() => KeyFrameCurve.Linear([]));
    }

    private static KeyFrameCurve Create(bool cubic, double[][] keys) =>
        cubic ? KeyFrameCurve.Cubic(keys) : KeyFrameCurve.Linear(keys);

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Exact));
    }
}
