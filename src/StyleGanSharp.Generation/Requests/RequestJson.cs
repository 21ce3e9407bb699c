using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Generation.Requests;

/// <summary>Requests as JSON, the form in which images carry them (docs/formats.md). Texts from files are not trusted.</summary>
public static class RequestJson
{
    /// <summary>Longest text that is read.</summary>
    public const int MaxCharacters = 1 << 24;

    /// <summary>The JSON of a request, on one line. Equal requests give equal texts.</summary>
    public static string Write(GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return JsonSerializer.Serialize(request, RequestJsonContext.Default.GenerationRequest);
    }

    /// <summary>Reads a request and validates it.</summary>
    /// <param name="text">JSON as of <see cref="Write"/>.</param>
    /// <exception cref="RequestException">
    /// The text is not the JSON of a request, too long, or describes an impossible one.
    /// </exception>
    public static GenerationRequest Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxCharacters)
        {
            throw new RequestException("request", null, $"has {text.Length} characters; at most {MaxCharacters} are read");
        }

        GenerationRequest? request;
        try
        {
            request = JsonSerializer.Deserialize<GenerationRequest>(text, Reading.Options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or FormatException)
        {
            throw new RequestException(
                "request", null, $"is not a request of this version of the program ({FirstSentence(e.Message)})");
        }

        if (request is null || HasNulls(request))
        {
            throw new RequestException("request", null, "is not a request of this version of the program (a part is null)");
        }

        RequestException.ThrowIfAny(request.Validate());
        return request;
    }

    // Generated code cannot leave an absent property at its default where it can only be set at creation, so it writes and
    // reflection reads. A class of its own: reflection takes time that whoever only writes need not spend.
    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = new(RequestJsonContext.Default.Options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
    }

    private static string FirstSentence(string message)
    {
        string line = message.Split('\n')[0];
        int end = line.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? line : line[..end]).TrimEnd('.');
    }

    // JSON can put null where the types promise a value.
    private static bool HasNulls(GenerationRequest request) =>
        request.Truncation is null || request.Noise is null || request switch
        {
            ImageRequest image =>
                image.Latent is null || image.Styles is null || image.Styles.Any(s => s?.Latent is null || s.Layers is null),
            GridRequest grid => grid.Images is null || grid.Images.Any(i => i is not null && HasNulls(i)),
            MixRequest mix => mix.Rows is null || mix.Columns is null,
            VideoRequest video => video.Seeds is null || (video.Classes?.Any(c => c is null) ?? false),
            _ => false,
        };
}

/// <summary>Latents as base64 of little-endian float32: exact, and a third of their length as digits.</summary>
internal sealed class LatentNumbersConverter : JsonConverter<float[]>
{
    public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a latent is a base64 text of float32 numbers");
        }

        byte[] bytes = reader.GetBytesFromBase64();
        return bytes.Length % sizeof(float) == 0
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : throw new JsonException("a latent is cut off");
    }

    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(MemoryMarshal.AsBytes<float>(value));
}

/// <summary>Grids as <c>4x3</c>.</summary>
internal sealed class GridSizeConverter : JsonConverter<GridSize>
{
    public override GridSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return GridSize.Parse(reader.GetString() ?? "", "grid");
        }
        catch (Exception e) when (e is RequestException or InvalidOperationException)
        {
            throw new JsonException("a grid is written as columns x rows", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, GridSize value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>Values of an enumeration by name, in camel case; no numbers.</summary>
internal sealed class NameConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    MaxDepth = 16,
    Converters =
    [
        typeof(LatentNumbersConverter), typeof(GridSizeConverter), typeof(NameConverter<NoiseMode>), typeof(
            NameConverter<Precision>),
        typeof(NameConverter<VideoMotion>),
    ])]
[JsonSerializable(typeof(GenerationRequest))]
internal sealed partial class RequestJsonContext : JsonSerializerContext;
