namespace StyleGanSharp.Data.Images;

/// <summary>An opaque 8-bit sRGB colour.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct RgbColor(byte R, byte G, byte B)
{
    /// <summary>(0, 0, 0).</summary>
    public static RgbColor Black => default;

    /// <summary>(255, 255, 255).</summary>
    public static RgbColor White => new(255, 255, 255);
}
