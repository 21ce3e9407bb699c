namespace StyleGanSharp.Torch.Tests;

public sealed class TorchLibraryTests
{
    [Fact]
    public void The_library_says_what_it_is()
    {
        TorchLibrary.Load();
        Assert.Matches(@"^\d+\.\d+\.\d+", TorchLibrary.Version);
        Assert.Contains("PyTorch built with", TorchLibrary.Configuration, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_can_be_set()
    {
        int before = TorchLibrary.Threads;
        Assert.True(before >= 1);
        try
        {
            TorchLibrary.Threads = 1;
            Assert.Equal(1, TorchLibrary.Threads);
        }
        finally
        {
            TorchLibrary.Threads = before;
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => TorchLibrary.Threads = 0);
    }

    [Fact]
    public void Devices_are_read_from_text()
    {
        Assert.Equal(Device.Cpu, Device.Parse("cpu"));
        Assert.Equal(Device.Best, Device.Parse("auto"));
        Assert.Contains("'gpu' is not a device", Assert.Throws<FormatException>(() => Device.Parse("gpu")).Message,
            StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Device.Parse("cuda:-1"));
        Assert.Contains("cannot be used", Assert.Throws<FormatException>(() => Device.Parse("cuda:99")).Message,
            StringComparison.Ordinal);
        Assert.Equal("cuda:1", new Device(DeviceType.Cuda, 1).ToString());
        Device.Cpu.Synchronize();
    }
}
