namespace StyleGanSharp.Networks.Ops;

/// <summary>Zeros added to (or, where negative, samples cropped from) the four sides of an image.</summary>
/// <param name="X0">Left.</param>
/// <param name="X1">Right.</param>
/// <param name="Y0">Top.</param>
/// <param name="Y1">Bottom.</param>
public readonly record struct Padding(int X0, int X1, int Y0, int Y1)
{
    /// <summary>The same on all sides.</summary>
    public static Padding All(int amount) => new(amount, amount, amount, amount);

    /// <summary>Side by side sum.</summary>
    public static Padding operator +(Padding a, Padding b) => new(a.X0 + b.X0, a.X1 + b.X1, a.Y0 + b.Y0, a.Y1 + b.Y1);
}
