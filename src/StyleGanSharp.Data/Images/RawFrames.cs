namespace StyleGanSharp.Data.Images;

/// <summary>A file of nothing but pixels: equal frames, one after the other, each [Height, Width, Channels], uint8.</summary>
/// <param name="Path">The file.</param>
/// <param name="Width">Columns of a frame, at least 1.</param>
/// <param name="Height">Rows of a frame, at least 1.</param>
/// <param name="Channels">1 (gray) or 3 (RGB).</param>
/// <param name="Count">Frames, at least 1.</param>
public sealed record RawFrames(string Path, int Width, int Height, int Channels, int Count);
