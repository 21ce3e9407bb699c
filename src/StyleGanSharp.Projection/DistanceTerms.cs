namespace StyleGanSharp.Projection;

/// <summary>Distances of images from their targets.</summary>
/// <param name="Perceptual">Squared distance of perceptual vectors, one for each image.</param>
/// <param name="Pixels">Mean squared difference of pixels in [-1, 1], one for each image.</param>
internal sealed record DistanceTerms(double[] Perceptual, double[] Pixels)
{
    /// <summary>Weighted sum, one for each image.</summary>
    internal double[] Total(double perceptualWeight, double pixelWeight) =>
        [.. Perceptual.Zip(Pixels, (f, p) => (perceptualWeight * f) + (pixelWeight * p))];
}
