using StyleGanSharp.Cli.Generation;

namespace StyleGanSharp.Cli.Mixing;

/// <summary>What <c>stylegan mix</c> was asked for: a table of rows and columns, or one mixture of several latents.</summary>
internal sealed record MixOptions
{
    internal required PictureOptions Pictures { get; init; }

    internal uint[]? Rows { get; init; }

    internal uint[]? Columns { get; init; }

    /// <summary>A network of the same shape that gives the columns' latents; null: the network itself.</summary>
    internal string? ColumnNetwork { get; init; }

    /// <summary>Layers that follow the column; null: the field's 0-6, as far as the network has them.</summary>
    internal string? Styles { get; init; }

    /// <summary>First the latent of all layers, then others with the layers they give.</summary>
    internal IReadOnlyList<MixPart> Parts { get; init; } = [];

    internal string OutDir { get; init; } = "out";

    /// <exception cref="UserException">Options contradict each other or are missing.</exception>
    internal void Validate()
    {
        bool table = Rows is not null || Columns is not null || Styles is not null || ColumnNetwork is not null;
        if (table && Parts.Count > 0)
        {
            throw new UserException("--mix excludes --rows, --cols, --styles and --col-network: ask for a table or for one mixture.");
        }

        if (Parts.Count == 0 && (Rows is null || Columns is null))
        {
            throw new UserException("A table needs --rows and --cols, for example --rows 85,100 --cols 55,821; --mix makes one mixture instead.");
        }
    }
}
