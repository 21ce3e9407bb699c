namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>A file in the directory of a zip archive.</summary>
/// <param name="Name">Its name, with forward slashes.</param>
/// <param name="NameLength">Bytes of the name in the archive.</param>
/// <param name="HeaderOffset">Where its local header begins in the file.</param>
/// <param name="Packed">Bytes in the archive.</param>
/// <param name="Size">Bytes of the file.</param>
/// <param name="Crc">CRC-32 of the file.</param>
/// <param name="Method">0 stored, 8 deflated.</param>
internal readonly record struct ZipEntry(
    string Name, int NameLength, long HeaderOffset, long Packed, long Size, uint Crc, int Method);
