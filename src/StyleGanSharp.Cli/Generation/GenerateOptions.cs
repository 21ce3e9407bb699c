using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What <c>stylegan generate</c> was asked for.</summary>
internal sealed record GenerateOptions
{
    internal required PictureOptions Pictures { get; init; }

    internal uint[]? Seeds { get; init; }

    internal string? LatentsFile { get; init; }

    internal string? ProjectedFile { get; init; }

    /// <summary>Several: every picture is made with each of them.</summary>
    internal double[] Psis { get; init; } = [1];

    internal bool Sweeps => Psis.Length > 1;

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

        if (ProjectedFile is not null && (Pictures.Class ?? Pictures.Label) is not null)
        {
            throw new UserException($"{(Pictures.Class is null ? "--label" : "--class")} has no effect on --projected-w: the label is part of the latents already.");
        }

        if (Sweeps && Grid is not null)
        {
            throw new UserException("--grid has no effect on a sweep of --trunc: its grid.png has a row for each seed and a column for each psi.");
        }
    }
}
