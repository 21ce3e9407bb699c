using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>Pictures of any size that a data set is made from. Reading is safe from several threads.</summary>
internal interface IPictureSource : IDisposable
{
    /// <summary>Number of pictures, damaged ones included.</summary>
    int Count { get; }

    /// <summary>Names of the classes, if there are any.</summary>
    IReadOnlyList<string>? ClassNames { get; }

    /// <summary>What whoever uses the pictures should know, one sentence each.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>How messages call a picture.</summary>
    string Name(int index);

    /// <summary>Its label as JSON (a class number or a list of numbers), or null.</summary>
    string? Label(int index);

    /// <summary>Size and channels, without decoding; null when it cannot be read.</summary>
    (int Width, int Height, int Channels)? Identify(int index);

    /// <summary>Looks at what reading depends on, once all pictures that are wanted were identified.</summary>
    /// <param name="threads">Threads that may work.</param>
    /// <param name="cancel">Stops the work.</param>
    void Survey(int threads, CancellationToken cancel)
    {
    }

    /// <summary>Decodes a picture.</summary>
    /// <exception cref="DatasetException">It is damaged; the message is one sentence.</exception>
    ImageBuffer Read(int index);
}
