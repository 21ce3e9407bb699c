using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Frames as single images, <c>frame000000.png</c> and so on.</summary>
internal sealed class FrameFolder(string folder) : IFrameSink
{
    private int count;

    public void Write(ImageBuffer frame) => ImageFile.Write(Path.Combine(folder, $"frame{count++:d6}.png"), frame);

    public void Complete()
    {
        // Every image is complete by itself.
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
