using System.Diagnostics;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Ending early: the exit code says how, and every file is whole.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int Interrupt = Signals.Interrupt;
    private const int Terminate = Signals.Terminate;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_cancelled_run_leaves_whole_files_only()
    {
        using var cancel = new CancellationTokenSource();
        Task<CommandResult> run = Task.Run(
            () => CommandLine.RunUntil(cancel.Token, Arguments), TestContext.Current.CancellationToken);
        await SomePictures(run);
        await cancel.CancelAsync();
        CommandResult result = await run;
        Assert.Equal((130, "Interrupted.\n"), (result.Code, result.Messages.ReplaceLineEndings("\n")));
        AssertWhole();
    }

    [Theory]
    [InlineData(Interrupt, 130, "Interrupted.")]
    [InlineData(Terminate, 143, "Terminated.")]
    public async Task A_signal_ends_the_program_cleanly(int signal, int code, string message)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        Assert.SkipWhen(
            Signals.IsIgnored(signal),
            $"This process ignores signal {signal}, as jobs that a script starts in the background do, "
                + $"and its children inherit that.");
        using Process process = CommandLine.Start(folder.Path, null, Arguments);
        await SomePictures(process.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, Signals.Send(process.Id, signal));
        CommandResult result = CommandLine.Finish(process);
        Assert.Equal((code, message), (result.Code, result.Messages.Trim()));
        AssertWhole();
    }

    private string[] Arguments =>
        ["generate", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "0-999999", "--outdir", folder["out"]];

    private async Task SomePictures(Task run)
    {
        var watch = Stopwatch.StartNew();
        while (!File.Exists(folder["out/seed0002.png"]))
        {
            Assert.False(run.IsCompleted, "The run ended by itself.");
            Assert.True(watch.Elapsed < Patience, "No image came.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private void AssertWhole()
    {
        string[] files = Directory.GetFiles(folder["out"]);
        Assert.InRange(files.Length, 3, 100_000);
        foreach (string file in files)
        {
            Assert.Matches(@"seed\d{4,}\.png$", file);
            Assert.Equal(64, ImageFile.Read(file).Height);
        }
    }
}
