using StyleGanSharp.Data.Options;
namespace StyleGanSharp.Generation.Requests;

/// <summary>What an image starts from: a seed, a latent z, or the styles w. Exactly one of the three is set.</summary>
public sealed record Latent
{
    // A style for each layer of the largest known network has fewer numbers.
    private const int MaxNumbers = 1 << 20;

    /// <summary>
    /// Seed of z, drawn as NumPy's legacy generator draws it, so that it shows the same image as in other tools.
    /// </summary>
    public uint? Seed { get; init; }

    /// <summary>The latent z, one number for each of its dimensions.</summary>
    public float[]? Z { get; init; }

    /// <summary>Styles w, layer after layer.</summary>
    public float[]? W { get; init; }

    /// <summary>Whether <see cref="W"/> is truncated already, and is used as it is.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>A latent of a seed.</summary>
    public static Latent OfSeed(uint seed) => new() { Seed = seed };

    /// <summary>What is wrong, whatever the network.</summary>
    internal IEnumerable<OptionProblem> Validate(string property)
    {
        int set = (Seed is null ? 0 : 1) + (Z is null ? 0 : 1) + (W is null ? 0 : 1);
        if (set != 1)
        {
            yield return new OptionProblem(property, null, $"expected one of seed, z and w, got {set}");
        }

        foreach ((string name, float[]? numbers) in new[] { ("z", Z), ("w", W) })
        {
            if (numbers is { Length: 0 or > MaxNumbers })
            {
                yield return new OptionProblem(
                    $"{property}.{name}", null, $"expected 1 to {MaxNumbers} numbers, got {numbers.Length}");
            }
            else if (numbers is not null && !Array.TrueForAll(numbers, float.IsFinite))
            {
                yield return new OptionProblem($"{property}.{name}", null, "holds numbers that are not finite");
            }
        }
    }
}
