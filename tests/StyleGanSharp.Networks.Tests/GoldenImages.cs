using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Tests;

/// <summary>Compares the images of a network, and their pixels, with every golden number of them.</summary>
internal static class GoldenImages
{
    /// <param name="expected">
    /// Images below <c>img/</c>, pixels below <c>img_u8/</c> and, by the rule of grids, <c>img_grid_u8/</c>.
    /// </param>
    /// <param name="tolerance">Of images; pixels have their own.</param>
    /// <param name="image">Makes the image of a truncation.</param>
    internal static void Require(GoldenTensors expected, double tolerance, Func<TruncationKey, Tensor> image)
    {
        foreach (TruncationKey one in TruncationKey.Below(expected.Keys, "img/"))
        {
            Close.To(expected[one.Key], image(one), tolerance, one.Key);
        }

        foreach (TruncationKey one in TruncationKey.Below(expected.Keys, "img_u8/"))
        {
            Close.ToBytes(expected.Array(one.Key).Bytes, Pixels.Quantize(image(one)).ToBytes(), one.Key);
        }

        foreach (TruncationKey one in TruncationKey.Below(expected.Keys, "img_grid_u8/"))
        {
            Close.ToBytes(expected.Array(one.Key).Bytes, Pixels.QuantizeRounded(image(one)).ToBytes(), one.Key);
        }
    }
}
