namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What the transforms are called at the command line and in dataset.json.</summary>
public static class CreationNames
{
    /// <summary>Name and transform.</summary>
    public static IReadOnlyDictionary<string, ImageShape> Shapes { get; } = new Dictionary<string, ImageShape>
    {
        ["none"] = ImageShape.None,
        ["center-crop"] = ImageShape.CenterCrop,
        ["center-crop-wide"] = ImageShape.CenterCropWide,
        ["pad"] = ImageShape.Pad,
        ["squash"] = ImageShape.Squash,
    };

    /// <summary>The name of a transform.</summary>
    /// <param name="shape">The transform.</param>
    public static string Of(ImageShape shape) => Shapes.First(s => s.Value == shape).Key;
}
