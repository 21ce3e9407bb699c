namespace StyleGanSharp.Data.Images;

/// <summary>What an image file declares about itself.</summary>
/// <param name="Format">The format its first bytes show, whatever its name says.</param>
/// <param name="Width">Columns, after the EXIF orientation is applied.</param>
/// <param name="Height">Rows, after the EXIF orientation is applied.</param>
/// <param name="Channels">1, 3 or 4: what reading it without options gives.</param>
public sealed record ImageInfo(ImageFormat Format, int Width, int Height, int Channels)
{
    /// <summary>Bits of a stored sample: 16, or 8 for all with fewer.</summary>
    public int SampleBits { get; init; } = 8;
}
