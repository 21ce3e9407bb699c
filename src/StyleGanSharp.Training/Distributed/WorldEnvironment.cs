using System.Globalization;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Distributed;

/// <summary>
/// Reads the place of this process from what launchers set: torchrun, a Kubernetes PyTorchJob, SLURM, and this program's own.
/// </summary>
public static class WorldEnvironment
{
    /// <summary>Set by this program for the workers that it starts.</summary>
    public const string LauncherVariable = "STYLEGAN_LAUNCHER";

    private const int DefaultPort = 29500;

    // Ports that SLURM jobs choose by their number: above those of services, below those that systems hand out.
    private const int FirstJobPort = 15_000;
    private const int JobPorts = 15_000;

    /// <summary>Reads the place.</summary>
    /// <param name="variable">Gives the value of an environment variable; null or empty: it is not set.</param>
    /// <returns>Null: this process trains alone, or starts workers of its own.</returns>
    /// <exception cref="RunException">Variables contradict each other, or are not numbers.</exception>
    public static WorldOptions? Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var reader = new Reader(variable);
        WorldOptions? world = reader.Has("RANK") || reader.Int("WORLD_SIZE") > 1 ? OfTorch(reader)
            : reader.Has("SLURM_STEP_ID") && reader.Has("SLURM_PROCID") ? OfSlurm(reader)
            : null;
        if (world is null || world.Size == 1)
        {
            return null;
        }

        Check(world);
        return world with
        {
            Interfaces = reader.Text("GLOO_SOCKET_IFNAME"),
            JoinLimit = reader.Seconds("STYLEGAN_JOIN_SECONDS") ?? world.JoinLimit,
            SilenceLimit = reader.Seconds("STYLEGAN_SILENCE_SECONDS") ?? world.SilenceLimit,
            StallLimit = reader.Seconds("STYLEGAN_STALL_SECONDS") ?? world.StallLimit,
        };
    }

    /// <summary>The first of the machines in SLURM's short form: <c>gpu[07-09,12],login1</c> begins with <c>gpu07</c>.</summary>
    public static string FirstHost(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        int open = list.IndexOf('[', StringComparison.Ordinal), comma = list.IndexOf(',', StringComparison.Ordinal);
        if (open < 0 || (comma >= 0 && comma < open))
        {
            return comma < 0 ? list : list[..comma];
        }

        int end = list.IndexOfAny(['-', ',', ']'], open);
        int close = list.IndexOf(']', open);
        if (end < 0 || close < 0)
        {
            return list;
        }

        int next = list.IndexOf(',', close);
        return list[..open] + list[(open + 1)..end] + (next < 0 ? list[(close + 1)..] : list[(close + 1)..next]);
    }

    private static WorldOptions OfTorch(Reader reader)
    {
        int size = reader.Required("WORLD_SIZE"), rank = reader.Required("RANK");
        bool agent = string.Equals(reader.Text("TORCHELASTIC_USE_AGENT_STORE"), "True", StringComparison.OrdinalIgnoreCase);
        string launcher = reader.Has(LauncherVariable)
            ? "the program" : reader.Has("TORCHELASTIC_RUN_ID") ? "torchrun" : "the environment";
        return new WorldOptions
        {
            Rank = rank,
            Size = size,
            LocalRank = reader.Int("LOCAL_RANK") ?? 0,
            LocalSize = reader.Int("LOCAL_WORLD_SIZE") ?? 1,
            Address = reader.Text("MASTER_ADDR") ?? (size == 1 ? "127.0.0.1" : throw new RunException(
                "WORLD_SIZE is set, but MASTER_ADDR is not: set it to the name or address of the machine of rank 0.")),
            Port = reader.Int("MASTER_PORT") ?? DefaultPort,
            Launcher = launcher,
            IsStoreServed = agent,
            Attempt = reader.Text("TORCHELASTIC_RESTART_COUNT") ?? "0",
        };
    }

    // Only what srun starts has a step: the batch script itself has a rank, too, but no companions.
    private static WorldOptions OfSlurm(Reader reader)
    {
        string hosts = reader.Text("SLURM_STEP_NODELIST") ?? reader.Text("SLURM_JOB_NODELIST") ?? reader.Text("SLURM_NODELIST")
            ?? "127.0.0.1";
        int size = reader.Int("SLURM_STEP_NUM_TASKS") ?? reader.Required("SLURM_NTASKS");
        int nodes = reader.Int("SLURM_STEP_NUM_NODES") ?? reader.Int("SLURM_NNODES") ?? 1;
        return new WorldOptions
        {
            Rank = reader.Required("SLURM_PROCID"),
            Size = size,
            LocalRank = reader.Int("SLURM_LOCALID") ?? 0,
            LocalSize = reader.Int("SLURM_NTASKS_PER_NODE") ?? Math.Max(1, size / Math.Max(1, nodes)),
            Address = reader.Text("MASTER_ADDR") ?? FirstHost(hosts),
            Port = reader.Int("MASTER_PORT") ?? (FirstJobPort + ((reader.Int("SLURM_JOB_ID") ?? 0) % JobPorts)),
            Launcher = "SLURM",
            Attempt = $"{reader.Text("SLURM_STEP_ID")}.{reader.Text("SLURM_RESTART_COUNT") ?? "0"}",
        };
    }

    private static void Check(WorldOptions world)
    {
        if (world.Size < 1 || world.Rank < 0 || world.Rank >= world.Size)
        {
            throw new RunException(
                $"{world.Launcher} says that this is rank {world.Rank} of {world.Size}: "
                    + $"ranks go from 0 to one less than their number.");
        }

        if (world.LocalRank < 0 || world.LocalSize < 1 || world.LocalRank >= world.LocalSize)
        {
            // PyTorchJobs without torchrun set no local variables, and some launchers only one of them.
            if (world.LocalRank < 0 || world.LocalSize < 1 || world.LocalRank >= world.Size)
            {
                throw new RunException(
                    $"{world.Launcher} says that this is local rank {world.LocalRank} of {world.LocalSize}: "
                        + $"ranks go from 0 to one less than their number.");
            }
        }

        if (world.Port is < 1 or > 65535)
        {
            throw new RunException($"MASTER_PORT is {world.Port}: a port from 1 to 65535 is needed.");
        }
    }

    private sealed class Reader(Func<string, string?> variable)
    {
        internal bool Has(string name) => Text(name) is not null;

        internal string? Text(string name) => variable(name) is { Length: > 0 } text ? text : null;

        internal int? Int(string name) => Text(name) is not string text ? null
            : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
            : throw new RunException($"The variable {name} is '{text}': a whole number is needed.");

        internal int Required(string name) => Int(name) ?? throw new RunException(
            $"The variable {name} is missing beside the others of its launcher: set RANK, WORLD_SIZE, "
                + $"MASTER_ADDR and MASTER_PORT together, or none of them.");

        internal TimeSpan? Seconds(string name) => Text(name) is not string text ? null
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and < 1e6
            ? TimeSpan.FromSeconds(value)
            : throw new RunException(
                $"The variable {name} is '{text}': a number of seconds above 0, with a decimal point, is needed.");
    }
}
