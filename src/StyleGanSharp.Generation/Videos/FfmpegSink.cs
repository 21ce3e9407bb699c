using System.ComponentModel;
using System.Diagnostics;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Videos;

/// <summary>
/// Frames through a pipe into ffmpeg, which writes beside the file's name; the file gets its name when it is complete. However
/// long the video, one frame is in memory.
/// </summary>
internal sealed class FfmpegSink(string program, VideoTarget target, CancellationToken cancel) : IFrameSink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SignalTime = TimeSpan.FromSeconds(1);

    private readonly string path = target.File!;
    private readonly string temporary = $"{target.File}.tmp-{Guid.NewGuid().ToString("N")[..12]}";
    private Process? process;
    private volatile string lastWords = "";

    public void Write(ImageBuffer frame)
    {
        frame = frame.Channels == 4 ? frame.ToChannels(3, RgbColor.Black) : frame;
        process ??= Start(frame);
        try
        {
            process.StandardInput.BaseStream.Write(frame.Pixels);
        }
        catch (IOException)
        {
            throw Broken();
        }
    }

    public void Complete()
    {
        try
        {
            process!.StandardInput.Close();
        }
        catch (IOException)
        {
            throw Broken();
        }

        process.WaitForExitAsync(cancel).GetAwaiter().GetResult();
        if (process.ExitCode != 0 || !(new FileInfo(temporary) is { Exists: true, Length: > 0 }))
        {
            throw Broken();
        }

        File.Move(temporary, path, overwrite: true);
    }

    public void Dispose()
    {
        if (process is null)
        {
            return;
        }

        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit(Patience);
        }

        process.Dispose();
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            // Whatever ended the work is the message; a remainder under another name harms nobody.
        }
    }

    private Process Start(ImageBuffer frame)
    {
        string[] input =
        [
            "-hide_banner", "-nostdin", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pix_fmt", frame.Channels == 1 ? "gray" : "rgb24",
            "-s", $"{frame.Width}x{frame.Height}", "-r", target.Fps.ToString(), "-i", "pipe:0", "-an",
        ];

        // No version and no date inside: the same frames give the same file.
        string[] output = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", $"file:{temporary}"];
        var start = new ProcessStartInfo(program, [.. input, .. target.Format!.Value.Arguments(target.Megabits), .. output])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process started;
        try
        {
            started = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new GenerationException($"{program} cannot be started: {e.Message.TrimEnd('.')}.");
        }

        started.ErrorDataReceived += (_, line) => lastWords = string.IsNullOrWhiteSpace(line.Data) ? lastWords : line.Data.Trim();
        started.BeginErrorReadLine();
        started.OutputDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        return started;
    }

    // Ctrl-C reaches ffmpeg as well, and often first: then the pipe breaks, but nothing has failed.
    private Exception Broken()
    {
        if (cancel.WaitHandle.WaitOne(SignalTime))
        {
            return new OperationCanceledException(cancel);
        }

        process!.WaitForExit(Patience);
        string reason = lastWords.Length > 0 ? $": {Text.SafeText.Of(lastWords).TrimEnd('.')}" : "";
        return new GenerationException($"ffmpeg could not write {path}{reason}.");
    }
}
