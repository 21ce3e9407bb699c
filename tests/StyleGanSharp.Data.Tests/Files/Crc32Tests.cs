using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Tests.Files;

public sealed class Crc32Tests
{
    // The check value that catalogues of checksums print for CRC-32.
    [Fact]
    public void Check_value_is_the_published_one() => Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));

    [Fact]
    public void Parts_give_the_same_as_the_whole() =>
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));

    [Fact]
    public void Long_data_gives_the_same_as_single_bytes()
    {
        byte[] data = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 31))];
        uint single = 0;
        foreach (byte value in data)
        {
            single = Crc32.Append(single, [value]);
        }

        Assert.Equal(single, Crc32.Append(0, data));
    }
}
