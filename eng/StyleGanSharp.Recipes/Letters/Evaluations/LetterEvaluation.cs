namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>How good the letters of a generator are, in the eyes of a classifier of real letters.</summary>
internal sealed record LetterEvaluation
{
    /// <summary>File name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>Generated letters of each class, for recognition and variety.</summary>
    public required int PerClass { get; init; }

    /// <summary>Share of the real letters that the classifier recognises; it was trained on them.</summary>
    public required double RecognitionReal { get; init; }

    /// <summary>Share of the generated letters that are recognised, psi 0.7.</summary>
    public required double Recognition07 { get; init; }

    /// <summary>The same, psi 1.</summary>
    public required double Recognition1 { get; init; }

    /// <summary>Mean over the classes of: mean pairwise distance of generated letters (psi 1) over that of real ones.</summary>
    public required double Variety { get; init; }

    /// <summary>Fréchet distance of generated letters (psi 1, as many and of the same classes) to the real ones.</summary>
    public required double Frechet { get; init; }

    /// <summary>Fréchet distance between two random halves of the real letters.</summary>
    public required double FrechetRealHalves { get; init; }

    /// <summary>Real letters, and generated ones of the Fréchet distance.</summary>
    public required int FrechetLetters { get; init; }

    /// <summary>One entry a class.</summary>
    public required IReadOnlyList<ClassEvaluation> Classes { get; init; }
}
