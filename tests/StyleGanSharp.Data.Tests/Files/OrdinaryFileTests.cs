using System.Diagnostics;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Tests.Datasets;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Data.Tests.Files;

/// <summary>Pipes and devices between images: opening one of them may block forever.</summary>
public sealed class OrdinaryFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Empty_files_are_refused_and_missing_ones_are_missing()
    {
        File.WriteAllBytes(folder["empty"], []);
        File.WriteAllBytes(folder["full"], [1]);
        Assert.Throws<InvalidDataException>(() => OrdinaryFile.Open(folder["empty"]));
        Assert.Throws<FileNotFoundException>(() => OrdinaryFile.Open(folder["none"]));
        OrdinaryFile.Open(folder["full"]).Dispose();
    }

    [Fact]
    public void A_pipe_or_a_device_is_left_out_and_named_like_a_damaged_picture()
    {
        Pipe("a.png");
        Pipe("data.zip");
        Pipe("other.bmp");
        File.CreateSymbolicLink(folder["link.png"], folder["a.png"]);
        File.CreateSymbolicLink(folder["zero.png"], "/dev/zero");
        File.WriteAllBytes(folder["b.png"], TestArchive.Png(1));
        using var target = new TemporaryFolder();
        DatasetCreationResult result = DatasetCreator.Create(
            folder.Path, target["made.zip"], new DatasetCreationOptions(), null, TestContext.Current.CancellationToken);
        Assert.Equal((1, 4), (result.Written, result.Damaged.Count));
        Assert.All(result.Damaged, d => Assert.Contains("pipe, socket or device", d, StringComparison.Ordinal));
        Assert.Contains("a.png", Assert.Throws<DatasetException>(() => ImageDataset.Open(folder.Path)).Message);
        Assert.Contains("pipe", Assert.Throws<DatasetException>(() => ImageDataset.Open(folder["data.zip"])).Message);
        Assert.Contains("pipe", Assert.Throws<ImageException>(() => ImageFile.Read(folder["a.png"])).Message);
    }

    private void Pipe(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        using Process made = Process.Start("mkfifo", folder[name]);
        made.WaitForExit();
        Assert.Equal(0, made.ExitCode);
    }
}
