namespace StyleGanSharp.Training.Augment;

/// <summary>
/// From the column and row of a sample to those of the upsampled image: (Xx·column + Xy·row + X, Yx·column + Yy·row + Y).
/// </summary>
internal readonly record struct AffineMap(double Xx, double Xy, double X, double Yx, double Yy, double Y)
{
    /// <summary>Where a sample lies; whole numbers are the middles of pixels.</summary>
    internal (double X, double Y) At(int column, int row) => ((Xx * column) + (Xy * row) + X, (Yx * column) + (Yy * row) + Y);
}
