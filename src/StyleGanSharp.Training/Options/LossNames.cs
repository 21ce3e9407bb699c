using StyleGanSharp.Training.Losses;

namespace StyleGanSharp.Training.Options;

/// <summary>What users call the losses.</summary>
public static class LossNames
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = ["logistic", "wgan-gp"];

    /// <summary>The loss of a name; null: there is none.</summary>
    public static LossKind? Find(string name) => name.ToLowerInvariant() switch
    {
        "logistic" => LossKind.Logistic,
        "wgan-gp" => LossKind.Wasserstein,
        _ => null,
    };
}
