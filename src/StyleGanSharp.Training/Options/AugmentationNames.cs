namespace StyleGanSharp.Training.Options;

/// <summary>What users call the kinds of augmentation.</summary>
internal static class AugmentationNames
{
    /// <summary>The kind of a name; null: there is none.</summary>
    internal static AugmentationMode? Find(string name) => name.ToLowerInvariant() switch
    {
        "noaug" => AugmentationMode.None,
        "fixed" => AugmentationMode.Fixed,
        "ada" => AugmentationMode.Adaptive,
        "diffaug" => AugmentationMode.DiffAugment,
        _ => null,
    };
}
