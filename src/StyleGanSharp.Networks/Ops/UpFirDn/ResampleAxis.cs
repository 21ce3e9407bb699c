namespace StyleGanSharp.Networks.Ops.UpFirDn;

/// <summary>
/// Resampling along one axis: sample o of the result is the sum over t of Taps[t] · upsampled[o·Down + t - Padding], where
/// upsampled has Up-1 zeros after every sample. Without the zeros ("polyphase") it is a short weighted sum of consecutive
/// samples.
/// </summary>
/// <param name="Taps">Taps in the order of a correlation.</param>
/// <param name="Up">Upsampling factor.</param>
/// <param name="Down">Downsampling factor.</param>
/// <param name="Padding">Zeros before the first sample, in samples of the upsampled signal; negative: samples cropped.</param>
/// <param name="Length">Samples that come in.</param>
/// <param name="OutLength">Samples that go out.</param>
internal sealed record ResampleAxis(float[] Taps, int Up, int Down, int Padding, int Length, int OutLength)
{
    /// <summary>The adjoint: what a gradient of the result means for what came in.</summary>
    internal ResampleAxis Transposed()
    {
        float[] reversed = [.. Taps];
        Array.Reverse(reversed);
        return new ResampleAxis(reversed, Down, Up, Taps.Length - 1 - Padding, OutLength, Length);
    }

    /// <summary>The weighted sums, one for each sample of the result.</summary>
    internal ResampleTable Table()
    {
        int longest = (Taps.Length + Up - 1) / Up;
        var table = new ResampleTable(new int[OutLength], new int[OutLength], new float[OutLength * longest], longest);
        for (int o = 0; o < OutLength; o++)
        {
            int origin = (o * Down) - Padding;
            int tap = ((-origin % Up) + Up) % Up; // the first that meets a sample and not a zero
            int sample = (origin + tap) / Up;
            if (sample < 0)
            {
                tap -= sample * Up;
                sample = 0;
            }

            table.First[o] = sample;
            for (; tap < Taps.Length && sample < Length; tap += Up, sample++)
            {
                table.Weights[(o * longest) + table.Count[o]++] = Taps[tap];
            }
        }

        return table;
    }
}
