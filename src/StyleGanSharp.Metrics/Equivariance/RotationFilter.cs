using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// The low-pass filter of a rotation between two pixel grids: it lets through only frequencies that both grids can hold, the
/// turned and the plain one. Source: Karras et al., "Alias-Free Generative Adversarial Networks" (2021), appendix E.3.
/// </summary>
public static class RotationFilter
{
    // Lobes of the Lanczos window that each of the two ideal filters gets.
    private const int Lobes = 3;

    // The convolution of two windows of that width ends here.
    private const int Support = 2 * Lobes;

    // Half the period of the cyclic convolution: far enough for the slowly fading sincs.
    private const int HalfPeriod = 64;

    /// <summary>
    /// The ideal filter of the plain grid convolved with that of the turned grid, under the window that results from treating the
    /// Lanczos windows of both likewise.
    /// </summary>
    /// <param name="radians">Angle of the rotation, to the left.</param>
    /// <param name="up">Samples per pixel.</param>
    /// <returns>[12·up - 1, 12·up - 1] float32 on the CPU; every one of the up x up phases sums to 1 / up².</returns>
    public static Tensor Design(double radians, int up)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(up);
        using var scope = new TensorScope();
        Tensor axis = Places(up), x = axis.Unsqueeze(0), y = axis.Unsqueeze(1);
        (double s, double c) = Math.SinCos(radians);
        Tensor turnedX = (x * c) + (y * s), turnedY = (y * c) - (x * s);

        Tensor filter = Signals.Convolve(Signals.Sinc(x) * Signals.Sinc(y), Signals.Sinc(turnedX) * Signals.Sinc(turnedY));
        Tensor window = Signals.Convolve(Window(x) * Window(y), Window(turnedX) * Window(turnedY));
        return scope.Keep(NormalizePhases(Centre(filter * window, up), up).To(DType.Float32));
    }

    // Sample places in pixels with the origin first, as the cyclic convolution needs them; float64.
    private static Tensor Places(int up)
    {
        int half = HalfPeriod * up;
        var places = new double[2 * half];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (double)(i < half ? i : i - (2 * half)) / up;
        }

        return Tensor.From(places, [places.Length]);
    }

    private static Tensor Window(Tensor x) => Signals.LanczosWindow(x, Lobes);

    // The samples within the support, the origin in the middle.
    private static Tensor Centre(Tensor filter, int up)
    {
        int reach = (Support * up) - 1;
        for (int dim = 0; dim < 2; dim++)
        {
            filter = Tensor.Cat([filter.Slice(dim, -reach), filter.Slice(dim, 0, reach + 1)], dim);
        }

        return filter;
    }

    // Upsampling uses each phase as a filter of its own: all must keep a constant image as it is.
    private static Tensor NormalizePhases(Tensor filter, int up)
    {
        const long Taps = 2 * Support;
        Tensor phases = filter.Pad([0, 1, 0, 1]).Reshape(Taps, up, Taps, up);
        Tensor normal = phases / (phases.Sum([0, 2], keepDim: true) * (up * up));
        return normal.Reshape(Taps * up, Taps * up).Slice(0, 0, -1).Slice(1, 0, -1);
    }
}
