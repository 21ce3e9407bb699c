using System.IO.Compression;

namespace StyleGanSharp.Generation.Models.Downloads;

/// <summary>What a download should bring.</summary>
/// <param name="Noun">What it is called in messages.</param>
/// <param name="Other">What a whole file is instead, e.g. "a web page"; null: it is what it should be.</param>
internal sealed record DownloadKind(string Noun, Func<Stream, string?> Other)
{
    /// <summary>A snapshot, by its first bytes: reading it finds out the rest.</summary>
    internal static DownloadKind Network { get; } = new(
        "network", stream => SnapshotSignature.Fits(Head(stream), out string? other) ? null : other);

    /// <summary>A TorchScript archive, whose list of parts stands at its end.</summary>
    internal static DownloadKind Detector { get; } = new("detector", stream =>
    {
        byte[] head = Head(stream);
        if (!head.AsSpan().StartsWith("PK"u8))
        {
            return SnapshotSignature.Fits(head, out string? other) ? "something else" : other;
        }

        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Any(e => e.FullName.EndsWith("/constants.pkl", StringComparison.Ordinal))
                ? null : "an archive without TorchScript";
        }
        catch (InvalidDataException)
        {
            return "a damaged archive";
        }
    });

    private static byte[] Head(Stream stream)
    {
        var head = new byte[SnapshotSignature.Bytes];
        int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Seek(0, SeekOrigin.Begin);
        return head[..count];
    }
}
