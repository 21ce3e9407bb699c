namespace StyleGanSharp.Faces;

/// <summary>What is computed of every face; its box and score always are.</summary>
[Flags]
public enum FaceParts
{
    /// <summary>Box and score.</summary>
    None = 0,

    /// <summary>The 68 landmarks. Also computed where another part is asked for, which all need them.</summary>
    Landmarks = 1,

    /// <summary>Probabilities of seven expressions.</summary>
    Expressions = 2,

    /// <summary>Age and gender.</summary>
    AgeAndGender = 4,

    /// <summary>The 128 numbers that tell people apart.</summary>
    Descriptor = 8,

    /// <summary>Everything.</summary>
    All = Landmarks | Expressions | AgeAndGender | Descriptor,
}

/// <summary>How hard faces are searched for.</summary>
public enum FaceSearch
{
    /// <summary>
    /// At <see cref="FaceOptions.InputSize"/>, and where that finds nothing, at smaller sizes: for faces that fill the image.
    /// </summary>
    Adaptive,

    /// <summary>At <see cref="FaceOptions.InputSize"/> only.</summary>
    Once,

    /// <summary>
    /// At five sizes and in twelve rotations of the image, every 30 degrees: also finds small, lying and upside-down faces. Takes
    /// about forty times as long. Where anything has a score halfway from <see cref="FaceOptions.MinScore"/> to 1, the rest is
    /// left out.
    /// </summary>
    Thorough,
}

/// <summary>By which rules boxes, landmarks and crops are placed.</summary>
public enum FaceGeometry
{
    /// <summary>
    /// Landmarks stand where the network saw them in the face and in its mirror image, on average; boxes are not rounded to the
    /// scaled image; large regions are averaged before they are scaled down, so that no pixel is skipped.
    /// </summary>
    Exact,

    /// <summary>
    /// As @vladmandic/face-api 1.7.15 computes it, to its rounding errors. Landmarks are shifted by up to a pixel, and by the
    /// whole overhang of a box that leaves the image at its left or upper border.
    /// </summary>
    Library,
}

/// <summary>How faces are searched for, and what is computed of them.</summary>
public sealed record FaceOptions
{
    internal const int SmallestInput = 64;
    internal const int LargestInput = 2048;

    /// <summary>What is computed; everything by default.</summary>
    public FaceParts Parts { get; init; } = FaceParts.All;

    /// <summary>
    /// Side of the square that the image is scaled to for detection, a multiple of 32 from 64 to 2048. Larger ones find smaller
    /// faces and take longer; smaller ones find faces that fill the image.
    /// </summary>
    public int InputSize { get; init; } = 416;

    /// <summary>Faces must have a higher score, 0 to 1.</summary>
    public double MinScore { get; init; } = 0.5;

    /// <summary>Of boxes whose intersection over union is higher, only the one with the highest score is kept, 0 to 1.</summary>
    public double MaxOverlap { get; init; } = 0.4;

    /// <summary>How hard faces are searched for.</summary>
    public FaceSearch Search { get; init; }

    /// <summary>By which rules boxes, landmarks and crops are placed.</summary>
    public FaceGeometry Geometry { get; init; }

    /// <summary>What is wrong with these options, as a sentence without its stop; null: nothing.</summary>
    public string? Problem() =>
        InputSize is < SmallestInput or > LargestInput || InputSize % 32 != 0
            ? $"an input size of {InputSize} is not a multiple of 32 from {SmallestInput} to {LargestInput}"
            : !(MinScore is >= 0 and <= 1) ? $"a score of {MinScore} is not from 0 to 1"
            : !(MaxOverlap is >= 0 and <= 1) ? $"an overlap of {MaxOverlap} is not from 0 to 1"
            : (Parts & ~FaceParts.All) != 0 ? $"{(int)Parts} is not a set of parts"
            : !Enum.IsDefined(Search) ? $"{(int)Search} is not a way to search"
            : !Enum.IsDefined(Geometry) ? $"{(int)Geometry} is not a geometry"
            : null;
}
