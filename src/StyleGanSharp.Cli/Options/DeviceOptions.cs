using System.CommandLine;
using StyleGanSharp.Cli.Downloads;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Cuda;
using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Cli.Options;

/// <summary><c>--device</c> and <c>--threads</c>, the same for every verb that computes.</summary>
internal sealed class DeviceOptions
{
    private const int MaxThreads = 1024;

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
        .. parsed.GetValue(threads) is int count ? new[] { "--threads", count.ToString(System.Globalization.CultureInfo.InvariantCulture) } : [],
    ];

    /// <summary>Loads libtorch, sets the threads and finds the device.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="place">The place among several processes, which share the machine; null: one process.</param>
    internal Device Apply(ParseResult parsed, WorldOptions? place = null)
    {
        int? count = parsed.GetValue(threads) ?? (place is { LocalSize: > 1 } ? Math.Max(1, Environment.ProcessorCount / place.LocalSize) : null);
        if (count is < 1 or > MaxThreads)
        {
            throw new UserException($"--threads {count}: expected 1 to {MaxThreads}.");
        }

        TorchLibrary.Load();
        if (count is int chosen)
        {
            TorchLibrary.Threads = chosen;
        }

        try
        {
            Device found = Device.Parse(parsed.GetValue(device)!.ToLowerInvariant());
            if (found.Type == DeviceType.Cuda)
            {
                new CudaSettings().Apply();
                CudaKernels.CacheFolder = Path.Combine(CacheFolder.Find(), "kernels");
            }

            return place is not null && found.Type == DeviceType.Cuda && !parsed.GetValue(device)!.Contains(':', StringComparison.Ordinal) ? Own(place) : found;
        }
        catch (FormatException e)
        {
            throw new UserException($"--device {e.Message}");
        }
    }

    private static Device Own(WorldOptions place) => place.LocalRank < Device.CudaCount
        ? new Device(DeviceType.Cuda, place.LocalRank)
        : throw new UserException(
            $"Rank {place.Rank} is process {place.LocalRank} of its machine, which shows {Device.CudaCount} CUDA devices: start one process for each, or compute with --device cpu.");
}
