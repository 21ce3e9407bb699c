using System.Globalization;
using StyleGanSharp.Generation.Latents;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Mixing;

/// <summary>
/// One latent of a mixture, written <c>SEED:LAYERS</c> or <c>FILE.npz:LAYERS</c>; the first one has no layers, it gives all.
/// </summary>
/// <param name="Seed">The seed; null where a file is given.</param>
/// <param name="File">A file with 'w'; null where a seed is given.</param>
/// <param name="Layers">The layers it gives; null: all.</param>
internal sealed record MixPart(uint? Seed, string? File, string? Layers)
{
    private const string FileEnding = ".npz";

    /// <summary>Reads the parts of one mixture.</summary>
    /// <exception cref="UserException">One is malformed, or there are fewer than two.</exception>
    internal static MixPart[] ParseAll(string[] texts)
    {
        if (texts.Length < 2)
        {
            throw new UserException(
                $"--mix {string.Join(' ', texts)}: a mixture needs at least two latents, for example --mix 85 55:0-3 821:fine.");
        }

        return [.. texts.Select((text, i) => Parse(text, isFirst: i == 0))];
    }

    /// <summary>The latent itself.</summary>
    /// <exception cref="RequestException">The file does not fit the model.</exception>
    internal Latent Read(ModelInfo model) => Seed is uint seed ? Latent.OfSeed(seed) : LatentFile.ReadW(File!, model)[0];

    private static MixPart Parse(string text, bool isFirst)
    {
        // The last colon: a Windows path has one of its own.
        int colon = text.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase) ? -1 : text.LastIndexOf(':');
        (string latent, string? layers) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (isFirst != layers is null)
        {
            throw new UserException(isFirst
                ? $"--mix '{text}': the first latent gives all layers that no other one takes, so it has no layers of its own."
                : $"--mix '{text}': name the layers it gives, for example {text}:0-3 or {text}:coarse.");
        }

        if (latent.EndsWith(FileEnding, StringComparison.OrdinalIgnoreCase))
        {
            return new MixPart(null, latent, layers);
        }

        return uint.TryParse(latent, NumberStyles.None, CultureInfo.InvariantCulture, out uint seed)
            ? new MixPart(seed, null, layers)
            : throw new UserException($"--mix '{text}': '{latent}' is neither a seed nor a {FileEnding} file.");
    }
}
