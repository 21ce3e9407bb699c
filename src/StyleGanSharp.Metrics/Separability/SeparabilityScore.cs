namespace StyleGanSharp.Metrics.Separability;

/// <summary>
/// The linear separability of a latent space: 2 to the sum of the attributes' conditional entropies in bits; the same as e to
/// their sum in nats. 1 where planes separate every attribute perfectly; every bit that is missing doubles it. Source: Karras et
/// al., "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 4.2.
/// </summary>
/// <param name="Value">The score, from 1 to 2 to the number of attributes.</param>
/// <param name="Attributes">What it consists of.</param>
public sealed record SeparabilityScore(double Value, IReadOnlyList<AttributeSeparability> Attributes)
{
    /// <summary>
    /// What a reader of the score has to know, a sentence for each attribute: those that contribute nothing because all images
    /// are alike, planes that tell nothing, and fits that did not converge. Empty for a sound score.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; } =
    [
        .. Remark(Attributes, a => a.IsConstant, "all images are alike, so it counts as separated perfectly"),
        .. Remark(Attributes, a => a.TellsNothing, "the plane tells nothing, so it counts with its whole entropy"),
        .. Remark(Attributes, a => !a.Converged, "the fit did not converge, so the plane may not be the best one"),
    ];

    /// <summary>Computes the score of attributes.</summary>
    /// <param name="attributes">At least one.</param>
    /// <exception cref="ArgumentException">There are no attributes.</exception>
    public static SeparabilityScore Of(IReadOnlyList<AttributeSeparability> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return attributes.Count > 0
            ? new SeparabilityScore(OfEntropies(attributes.Select(a => a.Entropy)), attributes)
            : throw new ArgumentException("A score needs at least one attribute.", nameof(attributes));
    }

    /// <summary>2 to the sum of the entropies.</summary>
    /// <param name="bits">Conditional entropies in bits.</param>
    public static double OfEntropies(IEnumerable<double> bits) => Math.Pow(2, bits.Sum());

    private static IEnumerable<string> Remark(
        IReadOnlyList<AttributeSeparability> attributes, Predicate<AttributeSeparability> applies, string remark) =>
        attributes.Where(a => applies(a)).Select(a => $"{a.Name}: {remark}.");
}
