namespace StyleGanSharp.Data.Images;

/// <summary>The image file formats that are read; the first three are written, too.</summary>
public enum ImageFormat
{
    /// <summary>PNG: lossless; 1, 3 or 4 channels.</summary>
    Png,

    /// <summary>JPEG: lossy; 1 or 3 channels.</summary>
    Jpeg,

    /// <summary>WebP: lossy or lossless; 3 or 4 channels (gray is stored as RGB).</summary>
    WebP,

    /// <summary>GIF: only its first frame is read.</summary>
    Gif,

    /// <summary>TIFF: only its first page is read.</summary>
    Tiff,

    /// <summary>AVIF.</summary>
    Avif,

    /// <summary>JPEG XL, where libvips was built with it.</summary>
    JpegXl,

    /// <summary>PBM, PGM, PPM and PNM, where libvips was built with them.</summary>
    Ppm,
}
