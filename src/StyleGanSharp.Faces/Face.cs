namespace StyleGanSharp.Faces;

/// <summary>The expressions that are told apart.</summary>
public enum Expression
{
    /// <summary>None in particular.</summary>
    Neutral,

    /// <summary>Smiling, laughing.</summary>
    Happy,

    /// <summary>Sad.</summary>
    Sad,

    /// <summary>Angry.</summary>
    Angry,

    /// <summary>Fearful.</summary>
    Fearful,

    /// <summary>Disgusted.</summary>
    Disgusted,

    /// <summary>Surprised.</summary>
    Surprised,
}

/// <summary>What the age and gender network calls a face.</summary>
public enum Gender
{
    /// <summary>Male.</summary>
    Male,

    /// <summary>Female.</summary>
    Female,
}

/// <summary>The gender that is the more probable one.</summary>
/// <param name="Gender">Which.</param>
/// <param name="Probability">Its probability, 0.5 to 1.</param>
public readonly record struct GenderEstimate(Gender Gender, double Probability);

/// <summary>A face in an image.</summary>
public sealed record Face
{
    /// <summary>Number of landmarks.</summary>
    public const int LandmarkCount = 68;

    /// <summary>Where it is. May reach beyond the image.</summary>
    public required FaceBox Box { get; init; }

    /// <summary>How sure the detector is, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>
    /// By how many degrees the image was turned counter-clockwise when the face was found, -150 to 180: about how far the head is
    /// turned clockwise. 0 unless the search was <see cref="FaceSearch.Thorough"/>.
    /// </summary>
    public double Rotation { get; init; }

    /// <summary>
    /// 68 points: 0-16 jaw, 17-21 and 22-26 brows, 27-35 nose, 36-41 the eye at the image's left, 42-47 the other eye, 48-59
    /// outer and 60-67 inner lips; of a rotated face, as if it were upright. Null: not asked for.
    /// </summary>
    public IReadOnlyList<FacePoint>? Landmarks { get; init; }

    /// <summary>Probability of every <see cref="Expression"/>, indexed by it; they add up to 1. Null: not asked for.</summary>
    public IReadOnlyList<double>? Expressions { get; init; }

    /// <summary>The most probable expression. Null: not asked for.</summary>
    public Expression? Expression => Expressions is null ? null : (Expression)Expressions.Index().MaxBy(e => e.Item).Index;

    /// <summary>Age in years, without limits. Null: not asked for.</summary>
    public double? Age { get; init; }

    /// <summary>Gender. Null: not asked for.</summary>
    public GenderEstimate? Gender { get; init; }

    /// <summary>128 numbers, near each other for images of one person. Null: not asked for.</summary>
    public IReadOnlyList<float>? Descriptor { get; init; }

    /// <summary>
    /// Euclidean distance of the descriptors. On photographs two faces with a distance below 0.6 are usually one person; rendered
    /// and generated faces lie nearer to each other (models/faces/README.md).
    /// </summary>
    /// <exception cref="InvalidOperationException">One of the faces has no descriptor.</exception>
    public double DistanceTo(Face other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Descriptor is null || other.Descriptor is null
            ? throw new InvalidOperationException("A face has no descriptor: ask for FaceParts.Descriptor.")
            : Math.Sqrt(Descriptor.Zip(other.Descriptor, (a, b) => Math.Pow((double)a - b, 2)).Sum());
    }
}
