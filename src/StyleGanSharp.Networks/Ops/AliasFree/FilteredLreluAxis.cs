namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>
/// One axis of <see cref="FilteredLrelu"/>: up to the high rate, then down. Sample q of the high rate is the sum over t of
/// UpTaps[t] · upsampled[q + t - Padding], sample o of the result the sum over t of DownTaps[t] · high[o·Down + Start + t].
/// </summary>
/// <param name="UpTaps">Taps of the upsampling, in the order of a correlation.</param>
/// <param name="DownTaps">
/// Taps of the downsampling, likewise; of both axes, row by row, where the filter does not separate.
/// </param>
/// <param name="DownLength">Taps of the downsampling along this axis.</param>
/// <param name="Up">Upsampling factor.</param>
/// <param name="Down">Downsampling factor, a multiple or a divisor of <paramref name="Up"/>.</param>
/// <param name="Padding">Zeros before the first sample, at the high rate.</param>
/// <param name="Start">First sample of the high rate that the result sees, not negative.</param>
/// <param name="Length">Samples that come in.</param>
/// <param name="OutLength">Samples that go out.</param>
/// <param name="MaskStart">Position of the mask's first sample at this high rate: a multiple of <see cref="Phases"/>.</param>
/// <param name="MaskLength">Samples of the mask.</param>
internal sealed record FilteredLreluAxis(
    float[] UpTaps, float[] DownTaps, int DownLength, int Up, int Down, int Padding, int Start, int Length, int OutLength,
    int MaskStart, int MaskLength)
{
    /// <summary>Samples at the high rate are kept apart by their index modulo this.</summary>
    internal int Phases => Math.Max(Up, Down);

    /// <summary>The axis of a call.</summary>
    /// <param name="upFilter">The filters as the layer stores them: for true convolutions.</param>
    /// <param name="downFilter">[T], or [T, T] row by row.</param>
    /// <param name="downLength">T.</param>
    /// <param name="up">Factors.</param>
    /// <param name="down">Factors.</param>
    /// <param name="before">Padding at the high rate.</param>
    /// <param name="after">Padding at the high rate.</param>
    /// <param name="length">Samples that come in.</param>
    /// <returns>Null: the padded signal is shorter than the filters.</returns>
    internal static FilteredLreluAxis? Of(
        float[] upFilter, float[] downFilter, int downLength, int up, int down, int before, int after, int length)
    {
        int high = (length * up) + before + after - upFilter.Length + 1;
        if (high < downLength)
        {
            return null;
        }

        int outLength = ((high - downLength) / down) + 1;
        return new FilteredLreluAxis(
            Reverse(upFilter), Reverse(downFilter), downLength, up, down, before, 0, length, outLength, 0, (
                (outLength - 1) * down) + downLength);
    }

    /// <summary>
    /// The adjoint for separable filters: up by what was down, down by what was up, the filters turned around. The mask stays.
    /// </summary>
    internal FilteredLreluAxis Transposed()
    {
        if (MaskStart != 0 || Start != 0)
        {
            throw new InvalidOperationException("The adjoint of an adjoint is the axis it was made of.");
        }

        // The result sees samples before the first one of the high rate; they are made room for in whole groups of phases.
        int first = Padding - (UpTaps.Length - 1);
        int room = Math.Max(0, -first + Phases - 1) / Phases * Phases;
        return new FilteredLreluAxis(
            Reverse(DownTaps), Reverse(UpTaps), UpTaps.Length, Down, Up, DownLength - 1 + room, first + room, OutLength, Length,
            room, MaskLength);
    }

    private static float[] Reverse(float[] taps)
    {
        float[] reversed = [.. taps];
        Array.Reverse(reversed);
        return reversed;
    }
}
