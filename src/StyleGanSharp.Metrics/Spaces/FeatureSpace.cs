using StyleGanSharp.Networks.Features;

namespace StyleGanSharp.Metrics.Spaces;

/// <summary>A feature network and what tells its weights from others.</summary>
/// <param name="Extractor">The network.</param>
/// <param name="Hash">Hash of its file: statistics made with other weights are not used.</param>
public sealed record FeatureSpace(IFeatureExtractor Extractor, string Hash)
{
    /// <summary>Name for people.</summary>
    public string Name => Extractor.Name;

    /// <summary>
    /// Whether this is a detector of the field, given as TorchScript: only then a Fréchet distance is a FID.
    /// </summary>
    public bool IsOfTheField => Extractor is ScriptFeatures;

    /// <summary>Tells the numbers of this space from those of others.</summary>
    internal string Key => $"detector={Extractor.Name};resize={Extractor.ResizeFilter};weights={Hash}";

    /// <summary>The name of a number of this space: the field's for the field's detectors, else with the space in it.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="reserved">What at its beginning only the field's detectors deserve, e.g. <c>fid</c>.</param>
    /// <param name="plain">What stands there for other spaces.</param>
    internal string NameOf(string name, string reserved = "", string plain = "") =>
        IsOfTheField ? name : $"{plain}{name[reserved.Length..]}/{Name}";
}
