using StyleGanSharp.Cli.Options;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What <c>stylegan generate</c> was asked for.</summary>
internal sealed record GenerateOptions
{
    internal required string Network { get; init; }

    internal uint[]? Seeds { get; init; }

    internal string? LatentsFile { get; init; }

    internal string? ProjectedFile { get; init; }

    internal TruncationChoice Truncation { get; init; } = new();

    internal NoiseChoice Noise { get; init; } = new();

    internal string? Class { get; init; }

    internal PictureTransform? Transform { get; init; }

    internal GridSize? Grid { get; init; }

    internal PictureFormat Format { get; init; }

    internal string OutDir { get; init; } = "out";

    /// <exception cref="UserException">Options contradict each other.</exception>
    internal void Validate()
    {
        string[] sources = [.. new[]
        {
            (Seeds is not null, "--seeds"), (LatentsFile is not null, "--latents"), (ProjectedFile is not null, "--projected-w"),
        }.Where(s => s.Item1).Select(s => s.Item2)];
        if (sources.Length > 1)
        {
            throw new UserException($"{string.Join(" and ", sources)} exclude each other: give one of them.");
        }

        if (ProjectedFile is not null && Class is not null)
        {
            throw new UserException("--class has no effect on --projected-w: the label is part of the latents already.");
        }
    }
}
