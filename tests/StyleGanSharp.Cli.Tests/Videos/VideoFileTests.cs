using System.Diagnostics;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Videos;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Videos;

/// <summary>Video files: through the system's ffmpeg, with one that fails, and without any.</summary>
public sealed class VideoFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("mp4")]
    [InlineData("webm")]
    [InlineData("gif")]
    public void A_video_has_its_frames_and_its_size(string format)
    {
        string ffmpeg = NeedFfmpeg();
        CommandLine.Succeed(
            "video", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "0-5", "--grid", "3x1", "--w-frames", "5",
            "--output", folder[$"sub/a.{format}"]);
        Assert.Equal([$"a.{format}"], Directory.GetFiles(folder["sub"]).Select(f => Path.GetFileName(f)));
        Assert.Equal(10 * 96 * 32 * 3, DecodedBytes(ffmpeg, folder[$"sub/a.{format}"]));
    }

    [Fact]
    public void The_same_frames_are_the_same_file()
    {
        NeedFfmpeg();
        foreach (string name in (string[])["a.webm", "b.webm", "a.gif", "b.gif"])
        {
            CommandLine.Succeed(
                "video", "--network", CommandLine.Snapshot("sg2-gray-16-c2"), "--seeds", "0", "--w-frames", "9", "--output",
                folder[name]);
        }

        Assert.Equal(File.ReadAllBytes(folder["a.webm"]), File.ReadAllBytes(folder["b.webm"]));
        Assert.Equal(File.ReadAllBytes(folder["a.gif"]), File.ReadAllBytes(folder["b.gif"]));
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("gif")]
    public async Task A_cancelled_video_leaves_nothing(string format)
    {
        NeedFfmpeg();
        using var cancel = new CancellationTokenSource();
        Task<CommandResult> run = Task.Run(
            () => CommandLine.RunUntil(
                cancel.Token, "video", "--network", CommandLine.Snapshot("sg2-skip-64"), "--seeds", "0-99", "--w-frames", "1000",
                "--output", folder[$"a.{format}"]),
            TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        while (folder.Names.Length == 0 && !run.IsCompleted && watch.Elapsed < Patience)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await cancel.CancelAsync();
        Assert.Equal((130, "Interrupted."), ((await run).Code, (await run).Messages.Trim()));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Without_ffmpeg_the_package_is_named()
    {
        CommandResult result = RunWithPath(folder.Path, "--output", folder["a.mp4"]);
        Assert.Equal(1, result.Code);
        string sentence = CommandLine.OneSentence(result);
        Assert.Contains("package ffmpeg", sentence);
        Assert.Contains("single frames", sentence);
        Assert.Empty(folder.Names);
        Assert.Equal(0, RunWithPath(folder.Path, "--frames", folder["frames"]).Code);
    }

    [Fact]
    public void A_gif_needs_no_ffmpeg()
    {
        Assert.SkipUnless(GifFile.IsAvailable, "Needs a libvips with gifsave (8.12 and later, built with cgif).");
        CommandResult result = RunWithPath(folder.Path, "--output", folder["a.gif"]);
        Assert.True(result.Code == 0, result.Messages);
        Assert.Equal(["a.gif"], folder.Names);
        Assert.Equal("GIF89a"u8.ToArray(), File.ReadAllBytes(folder["a.gif"])[..6]);
    }

    [Fact]
    public void A_gif_that_libvips_does_not_take_needs_ffmpeg()
    {
        Assert.SkipUnless(GifFile.IsAvailable, "Needs a libvips with gifsave (8.12 and later, built with cgif).");
        CommandResult result = RunWithPath(folder.Path, "--output", folder["a.gif"], "--num-keyframes", "200000");
        Assert.Equal(1, result.Code);
        Assert.Contains("at most 312500 frames of 32 rows", CommandLine.OneSentence(result));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_failing_ffmpeg_is_quoted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        Directory.CreateDirectory(folder["bin"]);
        string program = folder["bin/ffmpeg"];
        File.WriteAllText(program, "#!/bin/sh\necho 'Unknown encoder libx264' >&2\nexit 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        CommandResult result = RunWithPath(folder["bin"], "--output", folder["a.mp4"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("ffmpeg could not write", CommandLine.OneSentence(result));
        Assert.Contains("Unknown encoder libx264", result.Messages);
        Assert.Equal(["bin"], folder.Names);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("cat > /dev/null")]
    [InlineData("for a; do last=\"$a\"; done; head -c 9 > \"${last#file:}\"; exit 3")]
    public void A_failing_ffmpeg_leaves_nothing(string script)
    {
        StandIn(script);
        CommandResult result = RunWithPath(folder["bin"] + ":/usr/bin:/bin", "--output", folder["new/deep/a.mp4"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("ffmpeg could not write", CommandLine.OneSentence(result));
        Assert.Equal(["bin"], folder.Names);

        // What was there before stays, also an empty folder.
        Directory.CreateDirectory(folder["mine"]);
        RunWithPath(folder["bin"] + ":/usr/bin:/bin", "--output", folder["mine/a.mp4"]);
        Assert.Equal(["bin", "mine"], folder.Names);
        Assert.Empty(Directory.GetFileSystemEntries(folder["mine"]));
    }

    [Theory]
    [InlineData("29.97", "30000/1001")]
    [InlineData("24000/1001", "24000/1001")]
    [InlineData("12.5", "25/2")]
    [InlineData("30", "30")]
    public void Rates_are_exact(string given, string expected)
    {
        StandIn("for a; do last=\"$a\"; done; echo \"$@\" > \"${last#file:}\"; cat > /dev/null");
        CommandResult result = RunWithPath(folder["bin"] + ":/usr/bin:/bin", "--output", folder["a.mp4"], "--fps", given);
        Assert.True(result.Code == 0, result.Messages);
        Assert.Contains($" -r {expected} ", File.ReadAllText(folder["a.mp4"]));
    }

    [Fact]
    public void Output_that_cannot_be_written_is_named()
    {
        File.WriteAllText(folder["taken"], "mine");
        NeedFfmpeg();
        Assert.Contains("it is a file", CommandLine.Refuse(
            "video", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "1", "--output", folder["taken"] + "/a.mp4"));
        Directory.CreateDirectory(folder["b.mp4"]);
        Assert.Contains("is a folder", CommandLine.Refuse(
            "video", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "1", "--output", folder["b.mp4"]));
    }

    private void StandIn(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        Directory.CreateDirectory(folder["bin"]);
        File.WriteAllText(folder["bin/ffmpeg"], $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder["bin/ffmpeg"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private CommandResult RunWithPath(string path, params string[] more)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = path };
        using Process process = CommandLine.Start(
            folder.Path, environment, [
                "video", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "0", "--w-frames", "3", .. more]);
        return CommandLine.Finish(process);
    }

    private static string NeedFfmpeg()
    {
        string? found = FfmpegProgram.TryFind();
        Assert.SkipWhen(found is null, "Needs ffmpeg (package ffmpeg).");
        return found!;
    }

    private static long DecodedBytes(string ffmpeg, string video)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(
                ffmpeg, ["-loglevel", "error", "-i", video, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24",
                    "pipe:1"])
            {
                RedirectStandardOutput = true,
            })!;
        using var content = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(content);
        process.WaitForExit();
        return content.Length;
    }
}
