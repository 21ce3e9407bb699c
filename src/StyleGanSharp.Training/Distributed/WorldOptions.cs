namespace StyleGanSharp.Training.Distributed;

/// <summary>The place of this process among those that train together.</summary>
public sealed record WorldOptions
{
    /// <summary>Number of this process, 0 to <see cref="Size"/> - 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Number of processes.</summary>
    public required int Size { get; init; }

    /// <summary>Number of this process on its machine: chooses the CUDA device.</summary>
    public int LocalRank { get; init; }

    /// <summary>Number of processes on this machine: they share its cores and its memory.</summary>
    public int LocalSize { get; init; } = 1;

    /// <summary>Name or address of the machine of process 0.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Port at which process 0 (or the launcher's agent) serves the store.</summary>
    public required int Port { get; init; }

    /// <summary>Who says so, for messages: torchrun, SLURM, ...</summary>
    public string Launcher { get; init; } = "the environment";

    /// <summary>The launcher serves the store itself, not process 0.</summary>
    public bool IsStoreServed { get; init; }

    /// <summary>Before all keys in the store: tells the attempts of a launcher that starts again apart.</summary>
    public string Attempt { get; init; } = "0";

    /// <summary>Gloo: network interfaces to listen on; null: the one that leads to process 0.</summary>
    public string? Interfaces { get; init; }

    /// <summary>How long processes may take until all are there.</summary>
    public TimeSpan JoinLimit { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>A process that says nothing for this long counts as gone: it was stopped, or the network to it is cut.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// A process that answers, but keeps the others waiting for this long, counts as hung; longer where it has been slow before.
    /// </summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(45);
}
