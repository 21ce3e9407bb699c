using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Mixing;

/// <summary>A cell of a style-mixing table.</summary>
/// <param name="Row">Seed of the row.</param>
/// <param name="Column">Seed of the column, whose styles the chosen layers follow.</param>
/// <param name="Image">The image.</param>
public sealed record MixCell(uint Row, uint Column, GeneratedImage Image);

/// <summary>
/// A style-mixing table. Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 3.1, figure 3.
/// </summary>
/// <param name="Cells">The mixed images, row by row.</param>
/// <param name="Grid">All with the unmixed images of rows and columns at their borders, as one image.</param>
public sealed record MixTable(IReadOnlyList<MixCell> Cells, GeneratedImage Grid)
{
    private const int DefaultLastLayer = 6;

    /// <summary>Makes a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">Seeds and layers.</param>
    /// <param name="columns">
    /// Another model whose latents the columns follow; null: the same model. Its layers must be as many and as wide.
    /// </param>
    /// <param name="progress">Told about every image.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public static MixTable Make(
        Model model, MixRequest request, Model? columns = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        RequestException.ThrowIfAny(Check(model, request, columns));
        string layers = request.Layers ?? $"0-{Math.Min(DefaultLastLayer, model.Info.NumWs - 1)}";
        long total = request.Columns.Count + (request.Rows.Count * (request.Columns.Count + 1L)), done = 0;

        GeneratedImage Make(Model maker, ImageRequest image)
        {
            GeneratedImage made = maker.Generate(image, cancel);
            progress?.Report(new WorkProgress("Mixing", "images", ++done, total));
            return made;
        }

        var columnLatents = request.Columns.ToDictionary(seed => seed, seed => ColumnLatent(columns, request, seed, cancel));
        var grid = new List<GeneratedImage?> { null };
        grid.AddRange(request.Columns.Select(seed => Make(columns ?? model, request.OfImage(Latent.OfSeed(seed)))));
        var cells = new List<MixCell>();
        foreach (uint row in request.Rows)
        {
            grid.Add(Make(model, request.OfImage(Latent.OfSeed(row))));
            foreach (uint column in request.Columns)
            {
                GeneratedImage mixed = Make(
                    model, request.OfImage(Latent.OfSeed(row)) with { Styles = [new StylePart(columnLatents[column], layers)] });
                cells.Add(new MixCell(row, column, mixed));
                grid.Add(mixed);
            }
        }

        var size = new GridSize(request.Columns.Count + 1, request.Rows.Count + 1);
        return new MixTable(cells, new GeneratedImage(ImageCells.Compose(grid, size), request with { Layers = layers }, model));
    }

    /// <summary>Everything that stands in the way of a table; empty: nothing.</summary>
    public static IReadOnlyList<OptionProblem> Check(Model model, MixRequest request, Model? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. model.Check(request), .. columns is null ? [] : Misfits(model.Info, columns.Info)];
    }

    // Styles of another model are truncated by its own average.
    private static Latent ColumnLatent(Model? columns, MixRequest request, uint seed, CancellationToken cancel) => columns is null
        ? Latent.OfSeed(seed)
        : new Latent { W = columns.Styles(request.OfImage(Latent.OfSeed(seed)), cancel), IsTruncated = true };

    private static IEnumerable<OptionProblem> Misfits(ModelInfo own, ModelInfo other)
    {
        string? reason = own.NumWs != other.NumWs ? $"it has {other.NumWs} layers with styles, {own.Name} has {own.NumWs}"
            : own.WDim != other.WDim ? $"its styles have {other.WDim} numbers, those of {own.Name} {own.WDim}"
            : (own.Width, own.Height, own.Channels) != (other.Width, other.Height, other.Channels)
                ? $"its images have {Size(other)}, those of {own.Name} {Size(own)}"
            : null;
        if (reason is not null)
        {
            yield return new OptionProblem("columnModel", other.Name, $"does not fit: {reason}");
        }
    }

    private static string Size(ModelInfo model) => $"{model.Width}x{model.Height} pixels with {model.Channels} channels";
}
