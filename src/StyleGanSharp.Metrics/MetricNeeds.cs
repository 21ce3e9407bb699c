namespace StyleGanSharp.Metrics;

/// <summary>What a metric takes besides a generator.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Real images to compare with.</summary>
    Reals = 1,

    /// <summary>A feature space.</summary>
    Features = 2,

    /// <summary>A network that tells classes of objects.</summary>
    Classes = 4,

    /// <summary>A perceptual distance.</summary>
    Perceptual = 8,

    /// <summary>Classifiers of attributes, such as glasses or age.</summary>
    Attributes = 16,

    /// <summary>A network that tells people apart.</summary>
    Identities = 32,

    /// <summary>The feature space of precision and recall.</summary>
    Manifold = 64,
}
