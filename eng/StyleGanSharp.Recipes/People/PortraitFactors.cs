using StyleGanSharp.Networks.Attributes;

namespace StyleGanSharp.Recipes.People;

/// <summary>The factors of the rendered portraits that the attribute network learns.</summary>
internal static class PortraitFactors
{
    internal const string HairLength = "hair_length";
    internal const string HairLightness = "hair_lightness";
    internal const string HairRed = "hair_red";
    internal const string HairYellow = "hair_yellow";

    // Labels that become attributes as they are.
    private static readonly string[] Values = ["yaw", "pitch", "smile", "mouth_open", "age", "gender", "skin_tone", "weight"];

    // Labels of a kind, where "none" means absent.
    private static readonly string[] Presences = ["glasses", "beard"];

    // Measured from image, segmentation map and landmarks.
    private static readonly string[] Measured = [HairLength, HairLightness, HairRed, HairYellow];

    // The columns from the first to the second are weights of face shapes.
    private const string FirstShape = "chin-width";
    private const string LastShape = "epicanthus";

    /// <summary>All attributes for the columns of a label file.</summary>
    internal static AttributeInfo[] Of(IReadOnlyList<string> columns) =>
    [
        .. Values.Select(name => new AttributeInfo(name, AttributeKind.Value)),
        .. Presences.Select(name => new AttributeInfo(name, AttributeKind.Probability)),
        .. Measured.Select(name => new AttributeInfo(name, AttributeKind.Value)),
        .. ShapeColumns(columns).Select(name => new AttributeInfo(name, AttributeKind.Value)),
    ];

    /// <summary>The attributes of a network that describe the shape of the face.</summary>
    internal static string[] Shapes(AttributeNetworkOptions options)
    {
        string[] others = [.. Values, .. Presences, .. Measured];
        return [.. options.Attributes.Select(a => a.Name).Except(others)];
    }

    /// <summary>
    /// How much an attribute's error counts in training: the many weak factors of shape must not drown the others.
    /// </summary>
    internal static float Weight(string name) =>
        Values.Contains(name) || Presences.Contains(name) || Measured.Contains(name) ? 1 : 0.15f;

    private static IEnumerable<string> ShapeColumns(IReadOnlyList<string> columns)
    {
        int first = columns.ToList().IndexOf(FirstShape), last = columns.ToList().IndexOf(LastShape);
        return first >= 0 && last > first
            ? columns.Skip(first).Take(last - first + 1)
            : throw new RecipeException(
                $"labels.csv.gz has no columns from '{FirstShape}' to '{LastShape}': it is not the portraits' label file.");
    }
}
