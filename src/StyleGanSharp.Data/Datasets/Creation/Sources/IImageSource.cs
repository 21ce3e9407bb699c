using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>Images of any size that a data set is made from. Reading is safe from several threads.</summary>
internal interface IImageSource : IDisposable
{
    /// <summary>Number of images, damaged ones included.</summary>
    int Count { get; }

    /// <summary>Names of the classes, if there are any.</summary>
    IReadOnlyList<string>? ClassNames { get; }

    /// <summary>What whoever uses the images should know, one sentence each.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>How messages call an image.</summary>
    string Name(int index);

    /// <summary>Its label as JSON (a class number or a list of numbers), or null.</summary>
    string? Label(int index);

    /// <summary>Size and channels, without decoding; null when it cannot be read.</summary>
    (int Width, int Height, int Channels)? Identify(int index);

    /// <summary>Looks at what reading depends on, once all images that are wanted were identified.</summary>
    /// <param name="threads">Threads that may work.</param>
    /// <param name="cancel">Stops the work.</param>
    void Survey(int threads, CancellationToken cancel)
    {
    }

    /// <summary>Decodes an image.</summary>
    /// <exception cref="DatasetException">It is damaged; the message is one sentence.</exception>
    ImageBuffer Read(int index);
}
