using System.Diagnostics;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>A disk that fills up: one sentence, exit code 1, no half file.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("png")]
    [InlineData("npy")]
    public void A_full_disk_is_named_and_leaves_no_half_file(string format)
    {
        string disk = Directory.CreateDirectory(folder["disk"]).FullName;
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root on Linux can make a small disk.");
        Assert.SkipUnless(
            Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk), "This machine lets nobody mount a small disk.");
        try
        {
            CommandResult result = CommandLine.Run(
                "generate", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "0-50", "--format", format, "--outdir",
                disk);
            Assert.True(result.Code == (int)ExitCode.Failed, result.Messages);
            string sentence = CommandLine.OneSentence(result);
            Assert.Contains("the disk is full", sentence);
            Assert.Contains(disk, sentence);
            string[] files = Directory.GetFiles(disk);
            Assert.NotEmpty(files);
            Assert.All(files, file => Assert.Matches(@"seed\d{4}\.(png|npy)$", file));
            Assert.Single(files.Select(f => new FileInfo(f).Length / 40_000).Distinct());
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static bool Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
