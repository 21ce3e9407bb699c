namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What the transforms are called at the command line and in dataset.json.</summary>
public static class CreationNames
{
    /// <summary>Name and transform.</summary>
    public static IReadOnlyDictionary<string, PictureShape> Shapes { get; } = new Dictionary<string, PictureShape>
    {
        ["none"] = PictureShape.None,
        ["center-crop"] = PictureShape.CenterCrop,
        ["center-crop-wide"] = PictureShape.CenterCropWide,
        ["pad"] = PictureShape.Pad,
        ["squash"] = PictureShape.Squash,
    };

    /// <summary>The name of a transform.</summary>
    /// <param name="shape">The transform.</param>
    public static string Of(PictureShape shape) => Shapes.First(s => s.Value == shape).Key;
}
