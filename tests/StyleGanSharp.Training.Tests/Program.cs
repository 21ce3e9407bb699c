using StyleGanSharp.Training.Tests.Distributed;

namespace StyleGanSharp.Training.Tests;

/// <summary>Runs the tests; or, as one of several processes that a test starts, trains together with them.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args is [HalfBatch.Argument, ..])
        {
            HalfBatch.Run(args[1..]);
            return 0;
        }

        return args.Any(arg => arg is "-automated" or "@@")
            ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
            : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
                args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
