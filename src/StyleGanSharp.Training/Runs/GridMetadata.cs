using System.Globalization;
using System.Text.Json.Nodes;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// What a run's grids carry: the options of the run and its progress, as JSON under <see cref="Key"/> and in words under
/// <see cref="ImageMetadata.TextKey"/>. No paths: of data and networks only the file names.
/// </summary>
/// <param name="options">Of the run.</param>
/// <param name="dataset">Name of the data set.</param>
public sealed class GridMetadata(TrainingOptions options, string dataset)
{
    /// <summary>Key of the JSON.</summary>
    public const string Key = "stylegan-training";

    /// <summary>The texts of a grid.</summary>
    /// <param name="columns">Images side by side.</param>
    /// <param name="rows">Images one below the other.</param>
    /// <param name="images">Images seen by the discriminator; null: the grid shows real images.</param>
    public IReadOnlyDictionary<string, string> Of(int columns, int rows, long? images)
    {
        JsonNode own = JsonNode.Parse(OptionsText.Of(options))!;
        Shorten(own["data"]!, "path");
        Shorten(own, "start_from");
        var json = new JsonObject
        {
            ["kind"] = images is null ? "reals" : "fakes",
            ["columns"] = columns,
            ["rows"] = rows,
            ["images"] = images,
            ["options"] = own,
        };
        string shown = images is null ? $"real images of {dataset}" : string.Create(
            CultureInfo.InvariantCulture,
            $"generated images after {images / 1000.0} kimg of training on {dataset}, "
                + $"preset {options.Preset}, batch {options.Batch}, "
            + $"gamma {options.Trainer.Loss.R1Gamma}, seed {options.Seed}");
        return new Dictionary<string, string>
        {
            [Key] = json.ToJsonString(),
            [ImageMetadata.TextKey] = $"grid {columns}x{rows} of {shown}",
        };
    }

    private static void Shorten(JsonNode node, string property)
    {
        if ((string?)node[property] is { Length: > 0 } path)
        {
            node[property] = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        }
    }
}
