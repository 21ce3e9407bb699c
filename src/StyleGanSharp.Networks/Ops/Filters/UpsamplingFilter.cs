using StyleGanSharp.Networks.Ops.UpFirDn;

namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>The low-pass that follows a transposed convolution of stride two.</summary>
internal static class UpsamplingFilter
{
    /// <summary>The filter along one axis.</summary>
    /// <param name="taps">Taps of the layer's filter, as <see cref="SeparatedTaps"/> gives them.</param>
    /// <param name="length">
    /// Samples that the transposed convolution, without padding, gave: 2·L - 2 + K for L that came in.
    /// </param>
    /// <param name="padding">(K-1)/2 for a kernel of K taps.</param>
    /// <returns>To 2·L samples.</returns>
    internal static ResampleAxis Axis(float[] taps, long length, int padding)
    {
        // A true convolution; upsampling by two doubles the taps of each direction, to keep the signal's amplitude.
        float[] doubled = Array.ConvertAll(taps, tap => 2 * tap);
        Array.Reverse(doubled);

        // The layer's padding and what centres the filter, less what the transposed convolution already wrote beyond the edge.
        int kernel = (2 * padding) + 1;
        int before = padding + ((taps.Length + 1) / 2) - (kernel - 1);
        return new ResampleAxis(doubled, 1, 1, before, (int)length, (int)length + 2 - kernel);
    }
}
