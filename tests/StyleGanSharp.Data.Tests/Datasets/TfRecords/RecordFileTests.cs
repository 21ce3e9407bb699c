using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Datasets.TfRecords;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Datasets.TfRecords;

public sealed class RecordFileTests : IDisposable
{
    private static readonly byte[][] Payloads = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [], [11, 12, 13, 14, 15]];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_checksum_is_that_of_the_standard()
    {
        // RFC 3720, appendix B.4: 32 zeros give AA 36 91 8A.
        Assert.Equal(Mask(0x8A9136AA), MaskedCrc32C.Of(new byte[32]));
        Assert.Equal(Mask(0xE3069283), MaskedCrc32C.Of("123456789"u8));

        static uint Mask(uint crc) => ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
    }

    [Fact]
    public void Whole_records_come_back_in_order()
    {
        using RecordFile file = Open(Whole());
        Assert.Equal((4, 0, false), (file.Count, file.Problems.Count, file.IsCut));
        Assert.Equal(Payloads, Enumerable.Range(0, 4).Select(i => file.Read(i, new ReadBuffer()).ToArray()));
    }

    [Fact]
    public void A_damaged_payload_costs_one_record()
    {
        byte[] bytes = Whole();
        bytes[12 + 2] ^= 1;
        using RecordFile file = Open(bytes);
        Assert.Equal((4, 0), (file.Count, file.Problems.Count));
        Assert.Equal("has a wrong checksum (CRC) of its data", Refused(file, 0));
        Assert.Equal(Payloads[1], file.Read(1, new ReadBuffer()));
    }

    [Theory]
    [InlineData(0)]    // The length itself.
    [InlineData(6)]    // Its upper bytes: a huge claim.
    [InlineData(9)]    // Its checksum.
    public void A_damaged_length_costs_one_record_where_the_next_one_is_found(int at)
    {
        byte[] bytes = Whole();
        bytes[21 + at] ^= 0x55;
        using RecordFile file = Open(bytes);
        Assert.Equal((4, 1, false), (file.Count, file.Problems.Count, file.IsCut));
        Assert.Equal("has a wrong checksum (CRC) of its length", Refused(file, 1));
        Assert.Equal(Payloads[3], file.Read(3, new ReadBuffer()));
    }

    [Fact]
    public void A_damaged_first_length_loses_the_rest()
    {
        byte[] bytes = Whole();
        bytes[0] ^= 1;
        using RecordFile file = Open(bytes);
        Assert.Equal((1, true), (file.Count, file.IsCut));
        Assert.Contains("everything behind it is lost", Refused(file, 0));
    }

    [Fact]
    public void Every_truncation_costs_the_records_behind_it_only()
    {
        byte[] whole = Whole();
        int[] ends = [21, 42, 58, 79];
        for (int length = 0; length < whole.Length; length++)
        {
            using RecordFile file = Open(whole[..length]);
            int complete = ends.Count(e => e <= length);
            bool isCut = length > 0 && !ends.Contains(length);
            Assert.Equal((complete + (isCut ? 1 : 0), isCut), (file.Count, file.IsCut));
            for (int i = 0; i < complete; i++)
            {
                Assert.Equal(Payloads[i], file.Read(i, new ReadBuffer()));
            }

            if (isCut)
            {
                Assert.Equal("is cut off by the end of the file", Refused(file, complete));
            }
        }
    }

    [Fact]
    public void A_huge_length_with_a_right_checksum_is_no_reason_to_allocate()
    {
        byte[] length = BitConverter.GetBytes(1L << 60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using RecordFile file = Open([.. length, .. BitConverter.GetBytes(MaskedCrc32C.Of(length)), 1, 2, 3, 4, 5, 6, 7]);
        Assert.Contains("cut off", Refused(file, 0));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Whole() => [.. Payloads.SelectMany(RecordBytes.Frame)];

    private static string Refused(RecordFile file, int record) =>
        Assert.Throws<InvalidDataException>(() => file.Read(record, new ReadBuffer()).Length).Message;

    private RecordFile Open(byte[] bytes)
    {
        File.WriteAllBytes(folder["a.tfrecords"], bytes);
        return RecordFile.Open(folder["a.tfrecords"]);
    }
}
