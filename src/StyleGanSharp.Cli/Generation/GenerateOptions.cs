using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Generation;

/// <summary>What <c>stylegan generate</c> was asked for.</summary>
internal sealed record GenerateOptions
{
    /// <summary>Null: the default, or the network of <see cref="From"/>.</summary>
    internal string? Network { get; init; }

    internal required ComputeOptions Compute { get; init; }

    /// <summary>What all images have in common.</summary>
    internal required ImageRequest Template { get; init; }

    internal uint[]? Seeds { get; init; }

    internal string? LatentsFile { get; init; }

    internal string? ProjectedFile { get; init; }

    /// <summary>An image whose request is carried out again.</summary>
    internal string? From { get; init; }

    /// <summary>Several: every image is made with each of them.</summary>
    internal double[] Psis { get; init; } = [1];

    internal bool Sweeps => Psis.Length > 1;

    internal GridSize? Grid { get; init; }

    internal OutputFormat? Format { get; init; }

    internal bool Metadata { get; init; } = true;

    internal string OutDir { get; init; } = "out";

    /// <exception cref="UserException">Options contradict each other.</exception>
    internal void Validate()
    {
        string[] sources = [.. new[]
        {
            (Seeds is not null, "--seeds"), (LatentsFile is not null, "--latents"), (ProjectedFile is not null, "--projected-w"),
            (From is not null, "--from"),
        }.Where(s => s.Item1).Select(s => s.Item2)];
        if (sources.Length > 1)
        {
            throw new UserException($"{string.Join(" and ", sources)} exclude each other: give one of them.");
        }

        if (From is not null && (Grid is not null || Sweeps || Template != new ImageRequest()))
        {
            throw new UserException("--from makes an image again as it was: leave out the options that would change it.");
        }

        if (ProjectedFile is not null && (Template.Class is not null || Template.Label is not null))
        {
            throw new UserException(
                $"--{(Template.Class is null ? "label" : "class")} has no effect on --projected-w: "
                    + $"the label is part of the latents already.");
        }

        if (Sweeps && Grid is not null)
        {
            throw new UserException(
                "--grid has no effect on a sweep of --trunc: its grid.png has a row for each seed and a column for each psi.");
        }
    }
}
