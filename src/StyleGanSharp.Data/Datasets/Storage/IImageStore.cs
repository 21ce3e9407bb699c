using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>The images of a data set, wherever they lie. Reading is safe from several threads.</summary>
internal interface IImageStore : IDisposable
{
    /// <summary>The file or folder.</summary>
    string Path { get; }

    /// <summary>Names of the images inside of it.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Columns of every image.</summary>
    int Width { get; }

    /// <summary>Rows of every image.</summary>
    int Height { get; }

    /// <summary>1, 3 or 4.</summary>
    int Channels { get; }

    DatasetLabels Labels { get; }

    /// <summary>What whoever uses the images should know, one sentence each.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>How messages call an image.</summary>
    string Describe(int index);

    /// <summary>Bytes of an image as it is stored, without reading it; -1: not known.</summary>
    /// <exception cref="IOException">Its file is gone.</exception>
    long Length(int index);

    /// <summary>Reads an image as it is stored.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged; the message says how, as a clause.</exception>
    ReadOnlySpan<byte> Read(int index, ReadBuffer buffer);

    /// <summary>Decodes what <see cref="Read"/> gave.</summary>
    /// <param name="content">The stored image.</param>
    /// <param name="index">Its number.</param>
    /// <param name="buffer">That of reading.</param>
    /// <param name="destination">Takes [Channels, Height, Width], uint8.</param>
    /// <exception cref="ImageException">It cannot be decoded.</exception>
    /// <exception cref="InvalidDataException">It is damaged; the message says how, as a clause.</exception>
    void Decode(ReadOnlySpan<byte> content, int index, ReadBuffer buffer, Span<byte> destination);

    /// <summary>Reads a smaller copy of an image, where the store holds some.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="side">Rows and columns.</param>
    /// <param name="buffer">Memory of the calling thread.</param>
    /// <param name="destination">Takes [Channels, side, side], uint8.</param>
    /// <returns>Whether there is one.</returns>
    /// <inheritdoc cref="Read"/>
    bool TryReadLevel(int index, int side, ReadBuffer buffer, Span<byte> destination);
}
