namespace StyleGanSharp.Networks.Ops.Convolutions;

/// <summary>Zeros added to (or, where negative, samples cropped from) the four sides of an image.</summary>
/// <param name="X0">Left.</param>
/// <param name="X1">Right.</param>
/// <param name="Y0">Top.</param>
/// <param name="Y1">Bottom.</param>
public readonly record struct Padding(int X0, int X1, int Y0, int Y1)
{
    /// <summary>The same on all sides.</summary>
    public static Padding All(int amount) => new(amount, amount, amount, amount);

    /// <summary>
    /// What centres a filter after zero insertion: (T + up - 1)/2 before and (T - up)/2 after, both rounded down. A filter of
    /// fewer taps than the factor crops on the far side.
    /// </summary>
    /// <param name="taps">Taps along x and y.</param>
    /// <param name="up">Upsampling factors.</param>
    internal static Padding ForUpsampling((int X, int Y) taps, (int X, int Y) up) =>
        new(Half(taps.X + up.X - 1), Half(taps.X - up.X), Half(taps.Y + up.Y - 1), Half(taps.Y - up.Y));

    /// <summary>
    /// What centres a filter before decimation: (T - down + 1)/2 before and (T - down)/2 after, both rounded down.
    /// </summary>
    /// <param name="taps">Taps along x and y.</param>
    /// <param name="down">Downsampling factors.</param>
    internal static Padding ForDownsampling((int X, int Y) taps, (int X, int Y) down) =>
        new(Half(taps.X - down.X + 1), Half(taps.X - down.X), Half(taps.Y - down.Y + 1), Half(taps.Y - down.Y));

    /// <summary>Side by side sum.</summary>
    public static Padding operator +(Padding a, Padding b) => new(a.X0 + b.X0, a.X1 + b.X1, a.Y0 + b.Y0, a.Y1 + b.Y1);

    // Division truncates towards zero, which shifts the image by a sample where the difference is negative and odd.
    private static int Half(int amount) => amount >> 1;
}
