using System.Globalization;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.Images;

/// <summary>
/// The request inside an image file: as JSON under the key <c>stylegan</c>, and as text for people under <c>parameters</c>, where
/// other image generators keep theirs.
/// </summary>
public static class ImageMetadata
{
    /// <summary>Key of the JSON.</summary>
    public const string Key = "stylegan";

    /// <summary>Key of the readable text.</summary>
    public const string TextKey = "parameters";

    /// <summary>The texts of a request.</summary>
    public static IReadOnlyDictionary<string, string> Of(GenerationRequest request) => new Dictionary<string, string>
    {
        [Key] = RequestJson.Write(request),
        [TextKey] = Describe(request),
    };

    /// <summary>The request inside an image file; null: there is none.</summary>
    /// <param name="path">A PNG or WebP file.</param>
    /// <exception cref="ImageException">The file is missing, damaged, or not an image.</exception>
    /// <exception cref="RequestException">There is a request that this version cannot read.</exception>
    public static GenerationRequest? Read(string path) =>
        ImageFile.ReadTexts(path).TryGetValue(Key, out string? text) ? RequestJson.Read(text) : null;

    /// <summary>A request in words, one line.</summary>
    public static string Describe(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        IEnumerable<string> own = request switch
        {
            ImageRequest image =>
                [Describe(image.Latent), .. image.Styles.Select(s => $"layers {s.Layers} of {Describe(s.Latent)}")],
            GridRequest grid => Describe(grid),
            MixRequest mix =>
                [$"style mixing, rows {string.Join(' ', mix.Rows)}, columns {string.Join(' ', mix.Columns)}, "
                    + $"layers {mix.Layers ?? "0-6"}"],
            NoiseRequest noise => [$"effect of noise on seed {noise.Seed}, {noise.Samples} samples"],
            VideoRequest video => [$"video through seeds {string.Join(' ', video.Seeds)}"],
            _ => [],
        };
        IEnumerable<string> common = request is GridRequest ? [] : Common(request);
        IEnumerable<string> model = request.Model is { } made ? [$"model {made.Name}"] : [];
        return string.Join(", ", [.. own, .. common, .. model]);
    }

    private static string Describe(Latent latent) =>
        latent.Seed is uint seed ? $"seed {seed}" : latent.Z is not null ? "a given z" : "given styles w";

    private static IEnumerable<string> Describe(GridRequest grid)
    {
        yield return $"grid {grid.Size} of {grid.Images.Count(i => i is not null)} images";
        if (grid.Images.FirstOrDefault(i => i is not null) is { } first)
        {
            yield return $"the first: {Describe(first)}";
        }
    }

    private static IEnumerable<string> Common(GenerationRequest request)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        yield return string.Create(plain, $"psi {request.Truncation.Psi}");
        if (request.Truncation.Cutoff is int cutoff)
        {
            yield return $"first {cutoff} layers only";
        }

        if (request.Truncation.Levels is { Count: > 0 } levels)
        {
            yield return string.Join(' ', levels.Select(l => string.Create(plain, $"{l.Key}={l.Value}")));
        }

        if (request.Truncation.Layers is string layers)
        {
            yield return $"psi by layer {layers}";
        }

        if (request.Noise.Mode != NoiseMode.Const || request.Noise.Levels is not null)
        {
            yield return $"noise {NoiseModes.Name(request.Noise.Mode)}{(request.Noise.Levels is { } at ? $" at {string.Join(' ', at)}" : "")}";
        }

        if (request.Class is string label)
        {
            yield return $"class {label}";
        }

        if (request.Transform is { } t)
        {
            yield return string.Create(plain, $"shifted {t.X},{t.Y} rotated {t.Degrees} scaled {t.Scale}");
        }
    }
}
