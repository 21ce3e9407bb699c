namespace StyleGanSharp.Generation.Videos;

/// <summary>Container and codec of a video file.</summary>
internal enum VideoFormat
{
    /// <summary>H.264.</summary>
    Mp4,

    /// <summary>VP9.</summary>
    WebM,

    /// <summary>With an own palette for each frame.</summary>
    Gif,
}
