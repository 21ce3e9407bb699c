using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What every verb that makes pictures of seeds is asked for.</summary>
internal sealed record PictureOptions
{
    internal required string Network { get; init; }

    /// <summary>The option that named it, for messages.</summary>
    internal string NetworkOption { get; init; } = "--network";

    internal TruncationChoice Truncation { get; init; } = new();

    internal NoiseChoice Noise { get; init; } = new();

    internal string? Class { get; init; }

    internal Precision Precision { get; init; }

    /// <summary>Null: the network's own transform stays.</summary>
    internal PictureTransform? Transform { get; init; }
}
