using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Attributes;

/// <summary>Opens classifiers of attributes by what the user called them.</summary>
public static class AttributeClassifiers
{
    /// <summary>The attribute network of the portraits that lie beside the program.</summary>
    public const string People = "people";

    /// <summary>Expression, age and gender of the face networks that lie beside the program: for photographs.</summary>
    public const string Faces = "faces";

    private static string PeopleFile => Path.Combine(AppContext.BaseDirectory, "models", "people", "attributes.safetensors");

    /// <summary>Opens classifiers.</summary>
    /// <param name="names">
    /// <c>people</c>, <c>faces</c>, an attribute network, or files of one attribute each; none: <c>people</c>.
    /// </param>
    /// <param name="device">Where they compute.</param>
    /// <exception cref="FeatureException">A file cannot be used.</exception>
    public static IAttributeClassifier Open(IReadOnlyList<string> names, Device device)
    {
        ArgumentNullException.ThrowIfNull(names);
        return names switch
        {
            [] or [People] => new AttributeNetworkClassifier(People, AttributeNetworkFile.Read(PeopleFile, device), device),
            [Faces] => new FaceAttributeClassifier(device),
            [var path] when path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) => new AttributeNetworkClassifier(
                Path.GetFileNameWithoutExtension(path), AttributeNetworkFile.Read(path, device), device),
            _ => FileClassifiers.Open(names, device),
        };
    }
}
