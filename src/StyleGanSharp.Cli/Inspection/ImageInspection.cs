using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Training.Runs;

namespace StyleGanSharp.Cli.Inspection;

/// <summary>What an image file is, and the request that made it, where it carries one.</summary>
internal static class ImageInspection
{
    private const int LongestText = 2000;

    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(string path, bool json, TextWriter writer)
    {
        ImageInfo image = ImageFile.Identify(path);
        IReadOnlyDictionary<string, string> texts = ImageFile.ReadTexts(path);
        GenerationRequest? request = texts.TryGetValue(ImageMetadata.Key, out string? text) ? RequestJson.Read(text) : null;
        if (json)
        {
            writer.WriteLine(new JsonObject
            {
                ["file"] = path,
                ["format"] = image.Format.ToString().ToLowerInvariant(),
                ["width"] = image.Width,
                ["height"] = image.Height,
                ["channels"] = image.Channels,
                ["request"] = request is null ? null : JsonNode.Parse(RequestJson.Write(request)),
                ["training"] = Training(texts),
                ["texts"] = new JsonObject(
                    texts.Where(t => t.Key is not (ImageMetadata.Key or GridMetadata.Key)).Select(
                        t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))),
            }.ToJsonString(Layout));
            return;
        }

        writer.WriteLine(
            $"{image.Format.ToString().ToUpperInvariant()} image, {image.Width}x{image.Height}, {image.Channels} channels");
        if (request is not null)
        {
            writer.WriteLine($"Made by:   {SafeText.Of(ImageMetadata.Describe(request))}");
            writer.WriteLine($"Again:     stylegan generate --from {path}");
            return;
        }

        if (texts.ContainsKey(GridMetadata.Key))
        {
            writer.WriteLine($"Training:  {Shown(texts.GetValueOrDefault(ImageMetadata.TextKey, ""))}");
            writer.WriteLine($"Options:   stylegan inspect --json {path}");
            return;
        }

        writer.WriteLine("It carries no request of this program.");
        foreach ((string key, string value) in texts)
        {
            writer.WriteLine($"{SafeText.Of(key)}: {Shown(value)}");
        }
    }

    // What a run says of itself is only shown, so any JSON will do.
    private static JsonNode? Training(IReadOnlyDictionary<string, string> texts)
    {
        try
        {
            return texts.TryGetValue(GridMetadata.Key, out string? text) ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Shown(string text) => SafeText.Of(text[..Math.Min(text.Length, LongestText)]);
}
