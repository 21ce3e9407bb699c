using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Data.Tests.Files;

public sealed class FileFaultTests
{
    [Fact]
    public void Full_disk_is_one_sentence()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here, the device that is always full.");
        var exception = Assert.Throws<IOException>(() =>
        {
            using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write([1]);
        });
        Assert.Equal("out.png cannot be written: the disk is full.", FileFault.DescribeWrite(exception, "out.png"));
    }

    [Fact]
    public void Permission_is_one_sentence()
    {
        var exception = new UnauthorizedAccessException("Access to the path is denied.");
        Assert.Equal("x/a.png cannot be written: permission denied.", FileFault.DescribeWrite(exception, "x/a.png"));
        Assert.Equal("x/a.png cannot be read: permission denied.", FileFault.DescribeRead(exception, "x/a.png"));
    }

    [Fact]
    public void Anything_else_keeps_its_first_line() =>
        Assert.Equal("a cannot be read: Device gone.", FileFault.DescribeRead(new IOException("Device gone.\nat line 5"), "a"));

    [Fact]
    public void Programming_errors_are_no_file_faults() =>
        Assert.False(FileFault.IsFileFault(new ArgumentException("x")));
}
