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
}
