namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>Many files under one path: a folder or a zip archive. Reading is safe from several threads.</summary>
internal interface IFileStore : IDisposable
{
    /// <summary>The folder or archive.</summary>
    string Path { get; }

    /// <summary>Names of all files, with forward slashes, in the store's own order (see the implementations).</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Whether a file is meant to be an image, by its name.</summary>
    bool IsImage(int index) => FileStores.IsImage(Names[index]);

    /// <summary>Zip archives inside whose files are among these, each with what the names of its files begin with.</summary>
    IReadOnlyList<(string Name, string Prefix)> Archives => [];

    /// <summary>What whoever uses the files should know, one sentence each.</summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>Bytes of a file, unpacked, by what folder or directory say: nothing is read. -1: they do not say.</summary>
    /// <param name="index">Of <see cref="Names"/>.</param>
    /// <exception cref="IOException">The file is gone.</exception>
    long Length(int index) => -1;

    /// <summary>Reads the beginning of a file.</summary>
    /// <param name="index">Of <see cref="Names"/>.</param>
    /// <param name="buffer">Memory of the calling thread; the result lies in it.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <returns>The bytes, fewer when the file is shorter; valid until the buffer is used again.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged at this place; the message says how, as a clause.
    /// </exception>
    ReadOnlySpan<byte> ReadStart(int index, ReadBuffer buffer, int count);

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="ReadStart"/>
    ReadOnlySpan<byte> Read(int index, ReadBuffer buffer);
}
