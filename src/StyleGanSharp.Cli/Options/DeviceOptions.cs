using System.CommandLine;
using StyleGanSharp.Generation;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--device</c> and <c>--threads</c>, the same for every verb that computes.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> device = new("--device")
    {
        Description = "Where to compute: auto (CUDA where it answers, else the CPU), cpu, cuda or cuda:N.",
        HelpName = "DEVICE",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "Threads per operator; default: the machine's cores.",
        HelpName = "N",
    };

    internal void AddTo(Command command)
    {
        command.Add(device);
        command.Add(threads);
    }

    /// <summary>The options as they were given, for another process of the program.</summary>
    internal string[] Arguments(ParseResult parsed) =>
    [
        "--device", parsed.GetValue(device)!,
        .. parsed.GetValue(threads) is int count
            ? new[] { "--threads", count.ToString(System.Globalization.CultureInfo.InvariantCulture) } : [],
    ];

    /// <summary>The options as they were given.</summary>
    internal ComputeOptions Parse(ParseResult parsed) =>
        new() { Device = parsed.GetValue(device)!, Threads = parsed.GetValue(threads) };

    /// <summary>Loads libtorch, sets the threads and finds the device.</summary>
    internal Device Apply(ParseResult parsed) => Parse(parsed).Apply();
}
