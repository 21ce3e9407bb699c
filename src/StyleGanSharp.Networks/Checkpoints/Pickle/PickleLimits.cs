namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// How much work and memory one file may cause. The defaults hold the largest official snapshots (well below 100 000 opcodes)
/// with a wide margin and keep a hostile file below one gigabyte and a few seconds.
/// </summary>
public sealed record PickleLimits
{
    /// <summary>Opcodes plus container items, nested pickles included. Default 2 million.</summary>
    public long MaxOperations { get; init; } = 2_000_000;

    /// <summary>Bytes of decoded text and of byte strings made from text, repetitions included. Default 256 MiB.</summary>
    public long MaxTextBytes { get; init; } = 256L << 20;

    /// <summary>Length of one big integer in bytes. Default 256.</summary>
    public int MaxIntegerBytes { get; init; } = 256;

    /// <summary>Length of a dictionary key or set element in characters, bytes or tuple items. Default 1024.</summary>
    public int MaxKeyLength { get; init; } = 1024;

    /// <summary>Size of a snapshot file in bytes. Default 600 MiB (the largest official one has about 400 MB).</summary>
    public long MaxFileBytes { get; init; } = 600L << 20;
}
