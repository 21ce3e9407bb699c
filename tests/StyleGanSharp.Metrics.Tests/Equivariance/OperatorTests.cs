using StyleGanSharp.Metrics.Equivariance;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>The operators on waves, whose moved and turned images are known in closed form.</summary>
[WithTensorScope]
public sealed class OperatorTests
{
    private const int Size = 48;

    // Periods per image, slow enough for the six taps of the interpolation.
    private const double FrequencyX = 3.3, FrequencyY = -2.1;

    // What a windowed sinc of three lobes leaves, for a wave of amplitude 1.
    private const double InterpolationError = 0.01;

    [Theory]
    [InlineData(5, -3)]
    [InlineData(0, 0)]
    [InlineData(-47, 47)]
    public void Whole_steps_move_the_wave_exactly(int dx, int dy)
    {
        MaskedImages moved = IntegerTranslation.Apply(Wave(0, 0, 0), dx / (double)Size, dy / (double)Size);
        Assert.Equal((Size - Math.Abs(dx)) * (Size - Math.Abs(dy)), moved.Mask.Sum().Item());
        CheckWave(Wave((double)dx / Size, (double)dy / Size, 0), moved, 1e-5);
    }

    [Theory]
    [InlineData(5.3, -3.8)]
    [InlineData(-0.5, 0.5)]
    [InlineData(2, -7)]
    public void Fractional_steps_move_the_wave(double dx, double dy) =>
        CheckWave(Wave(dx / Size, dy / Size, 0), FractionalTranslation.Apply(Wave(0, 0, 0), dx / Size, dy / Size),
            InterpolationError);

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(-2.5)]
    [InlineData(Math.PI / 2)]
    public void Rotations_turn_the_wave_to_the_left(double radians) =>
        CheckWave(Wave(0, 0, radians), FractionalRotation.Apply(Wave(0, 0, 0), radians), InterpolationError);

    [Theory]
    [InlineData(0.4)]
    [InlineData(-2.5)]
    public void Pseudo_rotations_leave_what_both_grids_can_hold(double radians) =>
        CheckWave(Wave(0, 0, 0), PseudoRotation.Apply(Wave(0, 0, 0), radians), InterpolationError);

    [Fact]
    public void Pseudo_rotations_remove_the_corners_of_the_spectrum()
    {
        // A chessboard holds the highest frequency of both axes, which no grid turned by an eighth can show.
        Tensor signs = Tensor.From([.. Enumerable.Range(0, Size).Select(i => i % 2 == 0 ? 1f : -1f)], [Size]);
        Tensor board = (signs.Unsqueeze(0) * signs.Unsqueeze(1)).Reshape(1, 1, Size, Size);
        (Tensor left, Tensor mask) = PseudoRotation.Apply(board, Math.PI / 4);
        Assert.InRange((left * mask).Abs().Max().Item(), 0, 0.05);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1.5)]
    [InlineData(double.NaN)]
    public void Shifts_out_of_the_picture_are_refused(double shift)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IntegerTranslation.Apply(Wave(0, 0, 0), shift, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FractionalTranslation.Apply(Wave(0, 0, 0), 0, shift));
    }

    private static void CheckWave(Tensor expected, MaskedImages actual, double tolerance)
    {
        Assert.True(actual.Mask.Sum().Item() > 0);
        Assert.InRange(((expected - actual.Pictures) * actual.Mask).Abs().Max().Item(), 0, tolerance);
    }

    // A plane wave that was moved right and down, then turned to the left about the middle: [1, 1, Size, Size].
    private static Tensor Wave(double tx, double ty, double radians)
    {
        (double s, double c) = Math.SinCos(radians);
        var values = new float[Size * Size];
        for (int i = 0; i < values.Length; i++)
        {
            double x = (((i % Size) + 0.5) / Size) - 0.5, y = (((i / Size) + 0.5) / Size) - 0.5;
            (double sourceX, double sourceY) = ((c * x) - (s * y) - tx, (s * x) + (c * y) - ty);
            values[i] = (float)Math.Cos((2 * Math.PI * ((FrequencyX * sourceX) + (FrequencyY * sourceY))) + 0.7);
        }

        return Tensor.From(values, [1, 1, Size, Size]);
    }
}
