using System.Security.Cryptography;
using StyleGanSharp.Metrics.Attributes;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Spaces;

/// <summary>
/// The networks that metrics use: the detectors that the user has, else those shipped with the program. Each is opened when a
/// metric first asks for it.
/// </summary>
public sealed class MetricSpaces : IDisposable
{
    private readonly MetricSpacesOptions options;
    private readonly Device device;
    private readonly List<(Detector Detector, string Hash)> detectors = [];
    private readonly List<IDisposable> opened = [];
    private FeatureSpace? shipped;
    private IPerceptualSpace? perceptual;
    private IAttributeClassifier? attributes;
    private FaceReadings? faces;

    private MetricSpaces(MetricSpacesOptions options, Device device) => (this.options, this.device) = (options, device);

    /// <summary>Features of distances: a detector that knows classes, else the first one with features, else SqueezeNet.</summary>
    public FeatureSpace Features => Given(d => d.HasProbabilities) ?? Given(d => d.Features is not null) ?? Shipped;

    /// <summary>Features of precision and recall: a detector that knows perceptual distances, as VGG16 does, else as above.</summary>
    public FeatureSpace Manifold => Given(d => d.Features is not null && d.Perceptual is not null) ?? Features;

    /// <summary>The detector that knows classes; null: none was given, and none is shipped.</summary>
    public FeatureSpace? Classes => Given(d => d.HasProbabilities);

    /// <summary>The perceptual distance.</summary>
    /// <exception cref="FeatureException">Its file is missing or damaged.</exception>
    public IPerceptualSpace Perceptual => perceptual ??= options.Perceptual.Count > 0
        ? Opened(PerceptualSpaces.Open(options.Perceptual, device))
        : detectors.FirstOrDefault(d => d.Detector.Perceptual is not null).Detector?.Perceptual
            ?? Opened(ShippedFeatures.OpenPerceptual(device));

    /// <summary>The classifiers of attributes.</summary>
    /// <exception cref="FeatureException">A file is missing or damaged.</exception>
    public IAttributeClassifier Attributes => attributes ??= Opened(AttributeClassifiers.Open(options.Classifiers, device));

    /// <summary>What faces look like.</summary>
    internal FaceReadings Faces => faces ??= Opened(new FaceReadings(device));

    private FeatureSpace Shipped => shipped ??= new FeatureSpace(
        Opened(ShippedFeatures.OpenFeatures(device, options.Resize)), HashOf(ShippedFeatures.SqueezeNetPath));

    /// <summary>Opens the detectors that were given, so that one of no use is refused before any work.</summary>
    /// <param name="options">What to use.</param>
    /// <param name="device">Where they compute.</param>
    /// <exception cref="FeatureException">A file cannot be used.</exception>
    public static MetricSpaces Open(MetricSpacesOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(options);
        var spaces = new MetricSpaces(options, device);
        try
        {
            foreach (string path in options.Detectors)
            {
                Detector detector = spaces.Opened(Detector.Open(path, device, options.Resize));
                spaces.detectors.Add((detector, HashOf(path)));
            }

            return spaces;
        }
        catch
        {
            spaces.Dispose();
            throw;
        }
    }

    /// <summary>Opens what metrics will ask for, so that a file of no use is refused before any work.</summary>
    /// <exception cref="FeatureException">A file cannot be used.</exception>
    /// <exception cref="MetricException">A classifier that is needed cannot be had.</exception>
    public void OpenAllFor(IEnumerable<IMetric> metrics)
    {
        MetricNeeds needs = metrics.Aggregate(MetricNeeds.None, (all, metric) => all | metric.Needs);
        if (needs.HasFlag(MetricNeeds.Features))
        {
            _ = Features;
        }

        if (needs.HasFlag(MetricNeeds.Manifold))
        {
            _ = Manifold;
        }

        if (needs.HasFlag(MetricNeeds.Perceptual))
        {
            _ = Perceptual;
        }

        if (needs.HasFlag(MetricNeeds.Attributes))
        {
            _ = Attributes;
        }

        if (needs.HasFlag(MetricNeeds.Identities) || (needs.HasFlag(MetricNeeds.Classes) && Classes is null))
        {
            _ = Faces;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => opened.ForEach(o => o.Dispose());

    private FeatureSpace? Given(Func<Detector, bool> wanted)
    {
        foreach ((Detector detector, string hash) in detectors)
        {
            if (wanted(detector))
            {
                return new FeatureSpace(detector.Features!, hash);
            }
        }

        return null;
    }

    private T Opened<T>(T value)
        where T : IDisposable
    {
        opened.Add(value);
        return value;
    }

    private static string HashOf(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeatureException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
