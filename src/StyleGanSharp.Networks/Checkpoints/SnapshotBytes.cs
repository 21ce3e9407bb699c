using System.Text;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>Reads a file that should be a snapshot, or says in one sentence what it is instead.</summary>
internal static class SnapshotBytes
{
    private static readonly (byte[] Start, string What)[] Signatures =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a PNG image"),
        ([0xff, 0xd8, 0xff], "a JPEG image"),
        ("GIF8"u8.ToArray(), "a GIF image"),
        ("RIFF"u8.ToArray(), "a media file"),
        ([0x1f, 0x8b], "gzip-compressed; unpack it first"),
        ([(byte)'7', (byte)'z', 0xbc, 0xaf], "a 7z archive; unpack it first"),
        ([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "xz-compressed; unpack it first"),
        ("%PDF"u8.ToArray(), "a PDF document"),
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file"),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], "a NumPy array file"),
    ];

    /// <summary>The whole file.</summary>
    /// <exception cref="SnapshotException">It is missing, too large, unreadable, or recognisably something else.</exception>
    public static byte[] Read(string path, PickleLimits limits)
    {
        if (Directory.Exists(path))
        {
            throw new SnapshotException(path, "this is a folder, not a snapshot file.");
        }

        if (!File.Exists(path))
        {
            throw new SnapshotException(path, "there is no such file.");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length == 0)
            {
                throw new SnapshotException(path, "the file is empty.");
            }

            if (stream.Length > limits.MaxFileBytes)
            {
                throw new SnapshotException(
                    path,
                    $"the file has {stream.Length >> 20} MiB; more than {limits.MaxFileBytes >> 20} MiB are not read.");
            }

            byte[] start = new byte[Math.Min(512, stream.Length)];
            stream.ReadExactly(start);
            if (Recognise(start) is string what)
            {
                throw new SnapshotException(path, $"this is not a network snapshot but {what}.");
            }

            byte[] all = new byte[stream.Length];
            start.CopyTo(all, 0);
            stream.ReadExactly(all.AsSpan(start.Length));
            return all;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException(path, $"the file cannot be read ({error.Message.TrimEnd('.')}).", error);
        }
    }

    private static string? Recognise(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] signature, string what) in Signatures)
        {
            if (start.StartsWith(signature))
            {
                return what;
            }
        }

        ReadOnlySpan<byte> mark = [0xef, 0xbb, 0xbf];
        string text = Encoding.Latin1.GetString(start.StartsWith(mark) ? start[3..] : start).TrimStart();
        return text switch
        {
            _ when text.StartsWith("version https://git-lfs", StringComparison.Ordinal) =>
                "a Git LFS pointer; fetch the real file with 'git lfs pull'",
            _ when text.StartsWith('<') => "a web page (the download did not deliver the file)",
            _ when start.Length > 8 && start[8] == '{' && start[..8].IndexOfAnyExcept((byte)0) is >= 0 and < 8 && start[5] == 0 =>
                "a safetensors file; load it as one",
            _ when text.StartsWith('{') => "a JSON text",
            _ when start.Length > 262 && start.Slice(257, 5).SequenceEqual("ustar"u8) => "a tar archive; unpack it first",
            _ when start[0] != (byte)'P' && !Enum.IsDefined((PickleOpcode)start[0]) =>
                "something else; networks are read from .safetensors, .pkl, .pt and .pth files",
            _ => null,
        };
    }
}
