using System.ComponentModel;
using System.Diagnostics;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>Libraries and programs for images and films.</summary>
internal static class ToolChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static IEnumerable<Finding> Run() => [Vips(), Ffmpeg()];

    private static Finding Vips() => ImageLibrary.IsAvailable(out string? problem)
        ? Finding.Ok("libvips", $"{ImageLibrary.Version.ToString(3)} ({Place()})")
        : Finding.Missing("libvips", problem!.Split(':')[0], InstallAdvice.For("libvips42", "vips", "install libvips"));

    // The system's own is used where no package holds one for the platform: it reads and writes what it was built with.
    private static string Place() =>
        (ImageLibrary.IsOwn ? "comes with the program" : "the system's") + (ImageLibrary.FileName is { } file ? $": {file}" : "");

    private static Finding Ffmpeg()
    {
        string advice = InstallAdvice.For("ffmpeg", "ffmpeg", "install ffmpeg and put it on PATH");
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", "-version")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> text = process.StandardOutput.ReadToEndAsync();
            if (!text.Wait(Patience) || !process.WaitForExit(Patience))
            {
                process.Kill();
                return Finding.Warning("ffmpeg", "does not answer; it is needed for .mp4 and .webm only", advice);
            }

            // "ffmpeg version 5.1.6-0+deb12u1 Copyright (c) ..."
            string[] words = text.Result.Split(' ', 4);
            return Finding.Ok("ffmpeg", words.Length > 2 ? words[2] : "found");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return Finding.Warning("ffmpeg", "not found; it is needed for .mp4 and .webm only", advice);
        }
    }
}
