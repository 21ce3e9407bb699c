namespace StyleGanSharp.Training.Augment;

/// <summary>
/// Draws how every image of a batch is moved. Source: Karras et al., "Training Generative Adversarial Networks with Limited Data"
/// (2020), appendix B, transforms 1 to 8.
/// </summary>
internal static class GeometricTransforms
{
    /// <summary>One map per image.</summary>
    /// <param name="options">Which transforms.</param>
    /// <param name="draws">The batch's draws.</param>
    /// <param name="width">Of the images; shifts are in image sizes.</param>
    /// <param name="height">Likewise.</param>
    /// <returns>3x3 each, from pixels of the result to pixels of the image, the origin being the middle.</returns>
    internal static double[][,] Draw(AugmentOptions options, BatchDraws draws, int width, int height)
    {
        double[][,] maps = Matrices.Identities(draws.Count, 3);
        if (options.XFlip > 0)
        {
            draws.Uniform("xflip", options.XFlip, (i, u) => Then(i, Matrices.Scale(1 - (2 * Math.Floor(2 * u)), 1)));
        }

        if (options.Rotate90 > 0)
        {
            draws.Uniform("rotate90", options.Rotate90, (i, u) => Then(i, QuarterTurns((int)Math.Floor(4 * u))));
        }

        if (options.XInt > 0)
        {
            draws.UniformPair("xint", options.XInt, (i, x, y) => Then(i, Matrices.Translate(
                -Math.Round(Signed(x, options.XIntMax) * width), -Math.Round(Signed(y, options.XIntMax) * height))));
        }

        if (options.Scale > 0)
        {
            draws.Normal("scale", options.Scale, (i, n) => Then(i, Stretch(n * options.ScaleStd, n * options.ScaleStd)));
        }

        if (options.Rotate > 0)
        {
            draws.Rotation("rotate_pre", options.Rotate, (i, u) =>
                Then(i, Matrices.Rotate(Math.PI * Signed(u, options.RotateMax))));
        }

        if (options.Aniso > 0)
        {
            draws.Normal("aniso", options.Aniso, (i, n) => Then(i, Stretch(n * options.AnisoStd, -n * options.AnisoStd)));
        }

        if (options.Rotate > 0)
        {
            draws.Rotation("rotate_post", options.Rotate, (i, u) =>
                Then(i, Matrices.Rotate(Math.PI * Signed(u, options.RotateMax))));
        }

        if (options.XFrac > 0)
        {
            draws.NormalPair("xfrac", options.XFrac, (i, x, y) => Then(i, Matrices.Translate(
                -x * options.XFracStd * width, -y * options.XFracStd * height)));
        }

        return maps;

        // The maps go backwards, from the result to the image: every one holds the inverse of its transform, on the right.
        void Then(int picture, double[,] inverse) => maps[picture] = Matrices.Product(maps[picture], inverse);
    }

    // From [0, 1) to (-limit, limit).
    private static double Signed(double u, double limit) => ((2 * u) - 1) * limit;

    // Enlarging by octaves is shrinking on the way back.
    private static double[,] Stretch(double octavesX, double octavesY) =>
        Matrices.Scale(Math.Pow(2, -octavesX), Math.Pow(2, -octavesY));

    // Without the rounding of sines, so that four of them are the identity.
    private static double[,] QuarterTurns(int turns)
    {
        (int sin, int cos) = turns switch { 0 => (0, 1), 1 => (1, 0), 2 => (0, -1), _ => (-1, 0) };
        return new double[,] { { cos, -sin, 0 }, { sin, cos, 0 }, { 0, 0, 1 } };
    }
}
