namespace StyleGanSharp.Torch.Distributed;

/// <summary>A member of a process group.</summary>
public sealed record ProcessGroupOptions
{
    /// <summary>What carries the tensors.</summary>
    public GroupBackend Backend { get; init; } = GroupBackend.Gloo;

    /// <summary>Number of this member, 0 to <see cref="Size"/> - 1.</summary>
    public required int Rank { get; init; }

    /// <summary>Number of members, at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>How long making the group, and any operation of it, may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Gloo: the network interfaces to listen on, separated by commas; null: that of <see cref="Host"/>.</summary>
    public string? Interfaces { get; init; }

    /// <summary>Gloo: an own address to listen on; null: that of the machine's name.</summary>
    public string? Host { get; init; }
}
