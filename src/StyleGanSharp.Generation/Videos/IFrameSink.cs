using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Takes the frames of a video one after the other; disposed before it is completed, it leaves no half file.</summary>
internal interface IFrameSink : IDisposable
{
    /// <summary>Takes the next frame.</summary>
    void Write(ImageBuffer frame);

    /// <summary>Called after the last frame.</summary>
    void Complete();
}
