using System.Diagnostics;
using StyleGanSharp.Generation;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Training.Sessions;

/// <summary>What a session needs to know about the process it runs in when several train together.</summary>
public sealed record SessionProcesses
{
    /// <summary>The place of this process among others; null: it trains alone, or starts workers of its own.</summary>
    public WorldOptions? Place { get; init; }

    /// <summary>
    /// Starts a worker: the program and the arguments that make it train with the same options, see <see cref="WorkerProtocol"/>.
    /// Null: a session of several processes cannot be started from here.
    /// </summary>
    public Func<ProcessStartInfo>? Program { get; init; }

    /// <summary>
    /// Called with a sentence when the other processes are lost while this one may be inside a native call that never returns:
    /// ends the process. The default throws on a thread of its own, which does the same less politely.
    /// </summary>
    public Action<string> GiveUp { get; init; } = message => throw new RunException(message) { WhileRunning = true };

    /// <summary>What the other processes are told about an exception that ends this one.</summary>
    public Func<Exception, string> Explain { get; init; } = e => e.Message;

    internal Func<ProcessStartInfo> RequireProgram() =>
        Program ?? throw new RunException(
            "This program cannot start processes that train together: start the session with one process.");

    /// <summary>Loads libtorch, sets the threads and finds the device of this process.</summary>
    internal Device Device(ComputeOptions compute)
    {
        if (Place is { LocalSize: > 1 } && compute.Threads is null)
        {
            compute = compute with { Threads = Math.Max(1, Environment.ProcessorCount / Place.LocalSize) };
        }

        Device found = compute.Apply();
        return Place is not { } place || found.Type != DeviceType.Cuda || compute.Device.Contains(':', StringComparison.Ordinal)
            ? found
            : place.LocalRank < Torch.Device.CudaCount ? new Device(DeviceType.Cuda, place.LocalRank)
            : throw Problems.Fault(
                Names.Device, compute.Device,
                $"is not enough: rank {place.Rank} is process {place.LocalRank} of its machine, "
                    + $"which has {Torch.Device.CudaCount} CUDA devices; "
                + $"start one process for each, or use {Names.Device} cpu");
    }
}
