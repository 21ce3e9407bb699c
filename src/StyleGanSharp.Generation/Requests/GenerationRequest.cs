using System.Text.Json.Serialization;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Networks;

namespace StyleGanSharp.Generation.Requests;

/// <summary>A network that a request was made with.</summary>
/// <param name="Name">Its name, or the name of its file without a folder.</param>
/// <param name="Fingerprint">
/// Tells whether a file holds the same network, see <see cref="Models.ModelFingerprint"/>; null: unknown.
/// </param>
public sealed record ModelReference(string Name, string? Fingerprint = null);

/// <summary>
/// What every request says about its images. Requests are values: they survive as JSON (<see cref="RequestJson"/>), inside the
/// images that they describe, too.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ImageRequest), "image")]
[JsonDerivedType(typeof(GridRequest), "grid")]
[JsonDerivedType(typeof(MixRequest), "mix")]
[JsonDerivedType(typeof(NoiseRequest), "noise")]
[JsonDerivedType(typeof(VideoRequest), "video")]
public abstract record GenerationRequest
{
    private const int MaxLabelNumbers = 1 << 16;

    /// <summary>The network that made it; null where the request was not carried out yet.</summary>
    public ModelReference? Model { get; init; }

    /// <summary>Truncation in W; by default none.</summary>
    public TruncationChoice Truncation { get; init; } = new();

    /// <summary>Noise; by default the network's stored one.</summary>
    public NoiseChoice Noise { get; init; } = new();

    /// <summary>
    /// Class of a conditional network: its name, its number, or a mixture such as <c>A:0.5,Q:0.5</c>; null: the image's own
    /// number modulo the number of classes.
    /// </summary>
    public string? Class { get; init; }

    /// <summary>
    /// Label of a network that was trained with label vectors, all its numbers; null: one of the training data's. Excludes
    /// <see cref="Class"/>, whose weights are scaled to add up to one.
    /// </summary>
    public IReadOnlyList<float>? Label { get; init; }

    /// <summary>Shift, rotation and scale, for alias-free networks; null: the network's own.</summary>
    public ImageTransform? Transform { get; init; }

    /// <summary>How exactly convolutions are computed.</summary>
    public Precision Precision { get; init; }

    /// <summary>Everything that is wrong with the request whatever the network; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Validate() => [.. CommonProblems(), .. OwnProblems()];

    /// <summary>A request of one image with everything that this one says about its images.</summary>
    internal ImageRequest OfImage(Latent latent) => new()
    {
        Latent = latent,
        Truncation = Truncation,
        Noise = Noise,
        Class = Class,
        Label = Label,
        Transform = Transform,
        Precision = Precision,
    };

    private protected abstract IEnumerable<OptionProblem> OwnProblems();

    private IEnumerable<OptionProblem> CommonProblems()
    {
        foreach (OptionProblem problem in Truncation.Validate().Concat(Noise.Validate()))
        {
            yield return problem;
        }

        if (Class is { Length: 0 or > MaxLabelNumbers })
        {
            yield return new OptionProblem("class", null, "expected a class or a mixture of classes");
        }

        if (Label is not null && Class is not null)
        {
            yield return new OptionProblem("label", null, "excludes a class: give one of the two");
        }

        if (Label is { Count: 0 or > MaxLabelNumbers } || (Label?.Any(v => !float.IsFinite(v)) ?? false))
        {
            yield return new OptionProblem("label", null, $"expected 1 to {MaxLabelNumbers} finite numbers");
        }

        if (Transform is { } transform)
        {
            if (!double.IsFinite(transform.X) || !double.IsFinite(transform.Y))
            {
                yield return new OptionProblem(
                    "transform.translate", $"{transform.X},{transform.Y}",
                    "expected finite shifts right,down in image sizes, for example 0.1,-0.05");
            }

            if (!double.IsFinite(transform.Degrees))
            {
                yield return new OptionProblem("transform.rotate", $"{transform.Degrees}", "expected a finite number of degrees");
            }

            if (transform.Scale is not (>= 0.001 and <= 1000))
            {
                yield return new OptionProblem(
                    "transform.scale", $"{transform.Scale}",
                    "expected a factor from 0.001 to 1000; 2 makes everything twice as large");
            }
        }
    }
}

/// <summary>Another latent that some layers of an image follow.</summary>
/// <param name="Latent">The latent.</param>
/// <param name="Layers">The layers, as <c>0-6</c>, <c>0,3,5-7</c>, or <c>coarse</c>, <c>middle</c>, <c>fine</c>.</param>
public sealed record StylePart(Latent Latent, string Layers);

/// <summary>One image.</summary>
public sealed record ImageRequest : GenerationRequest
{
    private const int MaxParts = 1000;

    /// <summary>What the image starts from.</summary>
    public Latent Latent { get; init; } = Latent.OfSeed(0);

    /// <summary>Style mixing: latents that take over layers, in order.</summary>
    public IReadOnlyList<StylePart> Styles { get; init; } = [];

    /// <summary>
    /// The image's own number: seeds drawn noise, and gives its class where none is chosen. Null: the latent's seed, or 0.
    /// </summary>
    public uint? Number { get; init; }

    /// <summary>The number in effect.</summary>
    internal uint EffectiveNumber => Number ?? Latent.Seed ?? 0;

    private protected override IEnumerable<OptionProblem> OwnProblems()
    {
        foreach (OptionProblem problem in Latent.Validate("latent"))
        {
            yield return problem;
        }

        if (Styles.Count > MaxParts)
        {
            yield return new OptionProblem("styles", $"{Styles.Count}", $"expected at most {MaxParts} parts");
        }

        foreach (OptionProblem problem in Styles.SelectMany(s => s.Latent.Validate("styles")))
        {
            yield return problem;
        }

        if (Class is not null && Latent.W is not null && Styles.All(s => s.Latent.W is not null))
        {
            yield return new OptionProblem("class", Class, "has no effect on styles w: the label is part of them already");
        }
    }
}

/// <summary>Images in rows and columns, as one image.</summary>
public sealed record GridRequest : GenerationRequest
{
    private const int MaxImages = 1_000_000;

    /// <summary>Columns and rows.</summary>
    public GridSize Size { get; init; }

    /// <summary>The images row by row; null: a black cell. Their own choices count, not the grid's.</summary>
    public IReadOnlyList<ImageRequest?> Images { get; init; } = [];

    private protected override IEnumerable<OptionProblem> OwnProblems()
    {
        if (Images.Count is 0 or > MaxImages || Size.Columns < 1 || Size.Rows < 1 || Images.Count > Size.Cells)
        {
            yield return new OptionProblem(
                "grid", Size.ToString(), $"has {Size.Cells} cells for {Images.Count} images: make it larger or give fewer");
        }

        foreach (OptionProblem problem in Images.SelectMany(i => i?.Validate() ?? []))
        {
            yield return problem;
        }
    }
}

/// <summary>A style-mixing table: a row for each row seed, a column for each column seed.</summary>
/// <remarks>Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 3.1, figure 3.</remarks>
public sealed record MixRequest : GenerationRequest
{
    /// <summary>Seeds of the rows.</summary>
    public IReadOnlyList<uint> Rows { get; init; } = [];

    /// <summary>Seeds of the columns.</summary>
    public IReadOnlyList<uint> Columns { get; init; } = [];

    /// <summary>Layers that follow the column; null: 0-6, as far as the network has them.</summary>
    public string? Layers { get; init; }

    private protected override IEnumerable<OptionProblem> OwnProblems()
    {
        if (Rows.Count == 0 || Columns.Count == 0)
        {
            yield return new OptionProblem(
                Rows.Count == 0 ? "rows" : "columns", null, "a table needs seeds of rows and of columns");
        }
    }
}

/// <summary>What the noise inputs do to one image.</summary>
/// <remarks>Source: Karras et al., "A Style-Based Generator Architecture" (2019), section 3.2, figures 4 and 5.</remarks>
public sealed record NoiseRequest : GenerationRequest
{
    /// <summary>Most samples.</summary>
    public const int MaxSamples = 1_000_000;

    /// <summary>Seed of the image.</summary>
    public uint Seed { get; init; }

    /// <summary>Images with fresh noise that the standard deviation is taken over.</summary>
    public int Samples { get; init; } = 100;

    /// <summary>Seed of the first sample's noise; each further sample has the next seed.</summary>
    public uint NoiseSeed { get; init; }

    /// <summary>How many samples are shown.</summary>
    public GridSize Grid { get; init; } = new(4, 4);

    private protected override IEnumerable<OptionProblem> OwnProblems()
    {
        if (Samples is < 2 or > MaxSamples)
        {
            yield return new OptionProblem("samples", $"{Samples}", $"expected 2 to {MaxSamples}; a deviation needs two");
        }
        else if (Grid.Cells > Samples)
        {
            yield return new OptionProblem("grid", Grid.ToString(), $"shows {Grid.Cells} samples, but only {Samples} are made");
        }
    }
}
