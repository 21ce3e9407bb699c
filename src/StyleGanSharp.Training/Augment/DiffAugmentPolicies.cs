namespace StyleGanSharp.Training.Augment;

/// <summary>Policies as text: names separated by commas, as the paper writes them.</summary>
public static class DiffAugmentPolicies
{
    /// <summary>All groups of transforms, the paper's strongest policy.</summary>
    public const string Default = "color,translation,cutout";

    /// <summary>Reads a policy.</summary>
    /// <param name="text">One or more of color, translation and cutout, separated by commas; each at most once.</param>
    /// <returns>The policy, or null when the text is none.</returns>
    public static DiffAugmentPolicy? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var policy = DiffAugmentPolicy.None;
        foreach (string name in text.Split(','))
        {
            DiffAugmentPolicy part = name switch
            {
                "color" => DiffAugmentPolicy.Color,
                "translation" => DiffAugmentPolicy.Translation,
                "cutout" => DiffAugmentPolicy.Cutout,
                _ => DiffAugmentPolicy.None,
            };
            if (part == DiffAugmentPolicy.None || policy.HasFlag(part))
            {
                return null;
            }

            policy |= part;
        }

        return policy;
    }
}
