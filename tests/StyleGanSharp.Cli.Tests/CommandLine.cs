using System.Diagnostics;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>Runs the program: in this process, or as one of its own where exit codes and signals matter.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>One of this checkout's snapshots.</summary>
    internal static string Snapshot(string name) => Fixtures.Golden.Path($"snapshots/{name}.pkl");

    internal static CommandResult Run(params string[] args) => RunUntil(CancellationToken.None, args);

    internal static CommandResult RunUntil(CancellationToken cancel, params string[] args)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        int code = CommandLineApp.RunAsync(args, new CommandOutput(results, messages, isTerminal: false), cancel).GetAwaiter()
            .GetResult();
        return new CommandResult(code, results.ToString(), messages.ToString());
    }

    /// <summary>
    /// The pixels of an image file, or the bytes of another: files of equal images differ in the requests that they carry.
    /// </summary>
    internal static byte[] Pixels(string path) =>
        path.EndsWith(".png", StringComparison.Ordinal) ? ImageFile.Read(path).Pixels : File.ReadAllBytes(path);

    /// <summary>Runs a command that has to succeed.</summary>
    internal static CommandResult Succeed(params string[] args)
    {
        CommandResult result = Run(args);
        Assert.True(result.Code == 0, result.Messages);
        return result;
    }

    /// <summary>Runs a command whose input is wrong: exit code 2, one sentence, nothing else.</summary>
    internal static string Refuse(params string[] args)
    {
        CommandResult result = Run(args);
        Assert.True(result.Code == (int)ExitCode.WrongInput, $"exit code {result.Code}: {result.Messages}");
        return OneSentence(result);
    }

    /// <summary>The sentence of a command that failed.</summary>
    internal static string OneSentence(CommandResult result)
    {
        Assert.Empty(result.Results);
        Assert.DoesNotContain("   at ", result.Messages);
        Assert.DoesNotContain("Exception", result.Messages);
        Assert.StartsWith("stylegan: ", result.Messages);
        string sentence = Assert.Single(result.Messages.TrimEnd('\n').Split('\n'));
        Assert.Matches("[.?)]$", sentence);
        return sentence;
    }

    /// <summary>The built program, started in a folder.</summary>
    internal static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        string name = OperatingSystem.IsWindows() ? "stylegan.exe" : "stylegan";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), args)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits for a started program.</summary>
    internal static CommandResult Finish(Process process)
    {
        Task<string> results = process.StandardOutput.ReadToEndAsync(), messages = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The program did not end within {Patience}.");
        }

        return new CommandResult(process.ExitCode, results.GetAwaiter().GetResult(), messages.GetAwaiter().GetResult());
    }
}
