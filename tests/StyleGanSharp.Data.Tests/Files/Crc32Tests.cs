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
}
