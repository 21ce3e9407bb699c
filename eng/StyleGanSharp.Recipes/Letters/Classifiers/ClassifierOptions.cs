namespace StyleGanSharp.Recipes.Letters.Classifiers;

/// <summary>What a classifier is for.</summary>
internal sealed record ClassifierOptions
{
    /// <summary>Width and height of the images: 8, 16, 32 or 64.</summary>
    public required int Side { get; init; }

    /// <summary>Colour channels of the images: 1, 3 or 4.</summary>
    public required int Channels { get; init; }

    /// <summary>What the classes are called.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    internal static ClassifierOptions For(LetterSet letters) =>
        new() { Side = letters.Side, Channels = letters.Channels, ClassNames = letters.Names };

    /// <exception cref="RecipeException">The images are others than the classifier knows.</exception>
    internal void Require(LetterSet letters, string path)
    {
        if (letters.Side != Side || letters.Channels != Channels || !letters.Names.SequenceEqual(ClassNames))
        {
            throw new RecipeException($"{path} has other classes, sizes or channels than the classifier was trained for "
                + $"({ClassNames.Count} classes, {Side}x{Side}, {Channels} channels): train one on these images.");
        }
    }
}
