namespace StyleGanSharp.Networks.Attributes;

/// <summary>How the output of an attribute is read.</summary>
public enum AttributeKind
{
    /// <summary>A measured quantity in its own unit, such as an angle in degrees.</summary>
    Value,

    /// <summary>The probability, 0 to 1, that something is present.</summary>
    Probability,
}

/// <summary>One attribute that a network predicts.</summary>
/// <param name="Name">Its name: lower-case letters, digits, underscores and hyphens, e.g. <c>hair_length</c>.</param>
/// <param name="Kind">How its output is read.</param>
public sealed record AttributeInfo(string Name, AttributeKind Kind);

/// <summary>What an attribute network looks at and what it predicts.</summary>
public sealed record AttributeNetworkOptions
{
    /// <summary>Width and height of the images, a multiple of 16 from 16 to 256.</summary>
    public required int Resolution { get; init; }

    /// <summary>What it predicts, at least one attribute, with unique names.</summary>
    public required IReadOnlyList<AttributeInfo> Attributes { get; init; }

    /// <summary>Number of landmarks; 0: none.</summary>
    public int Landmarks { get; init; }

    /// <summary>
    /// Feature maps of the convolutions. Every second one, from the second on, halves the width and the height.
    /// </summary>
    public IReadOnlyList<int> Widths { get; init; } = [24, 32, 48, 64, 64, 96, 96, 128];

    /// <summary>Size of the hidden layer, whose activations are also the network's feature space.</summary>
    public int HiddenSize { get; init; } = 128;

    /// <summary>What is wrong with these options; null: nothing.</summary>
    internal string? Problem()
    {
        const int mostOutputs = 4096, mostWidth = 1024;
        return Resolution is < 16 or > 256 || Resolution % 16 != 0
            ? $"resolution {Resolution} is not a multiple of 16 from 16 to 256"
            : Attributes is not { Count: > 0 and <= mostOutputs } ? "there are no attributes, or too many"
            : Attributes.Any(a => a is null || !IsName(a.Name) || !Enum.IsDefined(a.Kind))
            ? "an attribute has no usable name or kind"
            : Attributes.DistinctBy(a => a.Name).Count() < Attributes.Count ? "two attributes have the same name"
            : Landmarks is < 0 or > mostOutputs ? $"{Landmarks} landmarks"
            : Widths is not { Count: 8 } || Widths.Any(w => w is < 1 or > mostWidth) ? "there must be eight widths from 1 to 1024"
            : HiddenSize is < 1 or > mostWidth ? $"hidden size {HiddenSize} is not from 1 to 1024"
            : null;
    }

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= 64 } && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
