namespace StyleGanSharp.Data.Images;

/// <summary>How an image file is written.</summary>
public sealed record ImageWriteOptions
{
    /// <summary>The format; null (the default) = by the extension of the path.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>
    /// Quality of JPEG and lossy WebP, 1 to 100. The default is 95. From 90 up JPEG keeps full colour resolution.
    /// </summary>
    public int Quality { get; init; } = 95;

    /// <summary>
    /// WebP without loss, including the colours under transparent pixels where libvips can (8.16). The default is false.
    /// </summary>
    public bool Lossless { get; init; }

    /// <summary>Effort of PNG, 0 (stored) to 9. The default is 6.</summary>
    public int Compression { get; init; } = 6;

    /// <summary>The colour behind transparent pixels in JPEG, which has no alpha. The default is black.</summary>
    public RgbColor Background { get; init; } = RgbColor.Black;

    /// <summary>Texts by key that PNG and WebP files carry besides the pixels; null: none. JPEG files carry none.</summary>
    public IReadOnlyDictionary<string, string>? Texts { get; init; }
}
