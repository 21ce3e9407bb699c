using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.Notation;

/// <summary>Names of the levels at which styles and noise act.</summary>
public static class LevelNames
{
    /// <summary>Pose, shape of the face.</summary>
    public const string Coarse = "coarse";

    /// <summary>Features.</summary>
    public const string Middle = "middle";

    /// <summary>Colors and texture.</summary>
    public const string Fine = "fine";

    /// <summary>All, from coarse to fine.</summary>
    public static IReadOnlyList<string> All { get; } = [Coarse, Middle, Fine];
}

/// <summary>Names of the noise modes.</summary>
public static class NoiseModes
{
    /// <summary>The name: const, random or none.</summary>
    public static string Name(NoiseMode mode) => mode.ToString().ToLowerInvariant();

    /// <summary>The mode of a name; null: there is none.</summary>
    public static NoiseMode? Find(string name) =>
        Enum.GetValues<NoiseMode>().Cast<NoiseMode?>().FirstOrDefault(
            m => string.Equals(Name(m!.Value), name, StringComparison.OrdinalIgnoreCase));
}
