namespace StyleGanSharp.Data.Images;

/// <summary>How an image file is read.</summary>
public sealed record ImageReadOptions
{
    /// <summary>1, 3 or 4 channels; null (the default) = as the file has them, gray with alpha as RGBA.</summary>
    public int? Channels { get; init; }

    /// <summary>
    /// The colour that shows through transparent pixels when alpha is removed. Null (the default) = alpha is dropped and the
    /// stored colours stay as they are, which is what the field's dataset tools do.
    /// </summary>
    public RgbColor? Background { get; init; }

    /// <summary>Largest declared width x height that is decoded, in pixels. The default is 2^28 (16384 x 16384).</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>
    /// Larger images up to this number of pixels are read shrunk, by the smallest whole factor that brings them below
    /// <see cref="MaxPixels"/>. The default is 0: they are refused.
    /// </summary>
    public long MaxShrunkPixels { get; init; }

    /// <summary>
    /// Bits that 16-bit samples really use, 9 to 16: cameras and scanners store 10, 12 or 14 of them. The highest 8 of these are
    /// kept; larger samples become 255. The default is 16.
    /// </summary>
    public int SampleBits { get; init; } = 16;
}
