namespace StyleGanSharp.Cli.Generation;

/// <summary>How pictures are written.</summary>
internal enum PictureFormat
{
    /// <summary>Lossless.</summary>
    Png,

    /// <summary>Quality 95.</summary>
    Jpg,

    /// <summary>Quality 95.</summary>
    WebP,

    /// <summary>The network's output itself, float32 [1, C, H, W].</summary>
    Npy,
}
