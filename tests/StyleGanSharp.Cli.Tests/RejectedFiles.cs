using System.Text;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>Files that users take for snapshots, and files that attack.</summary>
internal static class RejectedFiles
{
    private static readonly Dictionary<string, Func<byte[]>> Contents = new()
    {
        ["empty"] = () => [],
        ["web page"] = () =>
            "<!DOCTYPE html><html><body>Too many users have viewed or downloaded this file recently.</body></html>"u8.ToArray(),
        ["git lfs pointer"] = () =>
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22e\nsize 381673535\n"u8.ToArray(),
        ["truncated"] = () => File.ReadAllBytes(CommandLine.Snapshot("sg2-skip-32"))[..100_000],
        ["one byte"] = () => [0x80],
        ["unknown class"] = () => "\u0080\u0002cevil.module\nThing\n)\u0081.".Latin1(),
        ["foreign function"] = () => "\u0080\u0002cos\nsystem\nX\u0002\0\0\0id\u0085R.".Latin1(),
        ["text"] = () => "Hello world, this is not a snapshot"u8.ToArray(),
        ["other sizes"] = OtherSizes,
        ["unknown network"] = UnknownNetwork,
    };

    internal static IEnumerable<string> Kinds => Contents.Keys;

    /// <summary>Writes a file of a kind and returns its path.</summary>
    internal static string Write(TemporaryFolder folder, string kind)
    {
        string path = folder["network.pkl"];
        File.WriteAllBytes(path, Contents[kind]());
        return path;
    }

    private static byte[] Latin1(this string text) => Encoding.Latin1.GetBytes(text);

    // A genuine snapshot whose generators have none of the attributes that they are recognised by.
    private static byte[] UnknownNetwork() =>
        Encoding.Latin1.GetString(File.ReadAllBytes(CommandLine.Snapshot("sg3t-32"))).Replace(
            "layer_names", "level_names", StringComparison.Ordinal).Latin1();

    // A genuine snapshot whose z_dim says 49 while the weights are for 48. Protocol 3 numbers its texts (r, j) and writes small
    // numbers as K and a byte.
    private static byte[] OtherSizes()
    {
        byte[] bytes = File.ReadAllBytes(CommandLine.Snapshot("ada-skip-32-c3"));
        int text = bytes.AsSpan().IndexOf("z_dimr"u8) + "z_dimr".Length;
        byte[] index = bytes[text..(text + 4)];
        for (int i = text + 4; i < bytes.Length - 2; i++)
        {
            if (bytes.AsSpan(i - 4, 4).SequenceEqual(index) && bytes[i - 5] is (byte)'r' or (byte)'j' && bytes[i] == 'K'
                && bytes[i + 1] == 48)
            {
                bytes[i + 1] = 49;
            }
        }

        return bytes;
    }
}
