namespace StyleGanSharp.Data.Images;

/// <summary>The image file formats that are read and written.</summary>
public enum ImageFormat
{
    /// <summary>PNG: lossless; 1, 3 or 4 channels.</summary>
    Png,

    /// <summary>JPEG: lossy; 1 or 3 channels.</summary>
    Jpeg,

    /// <summary>WebP: lossy or lossless; 3 or 4 channels (gray is stored as RGB).</summary>
    WebP,
}
