using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Attributes;

/// <summary>
/// An attribute network as a safetensors file: parameters in 16 bits, options as JSON in the metadata (docs/formats.md).
/// </summary>
public static class AttributeNetworkFile
{
    private const string OptionsKey = "attribute_network";
    private const int MaxOptions = 1 << 20;

    /// <summary>Writes a network; the file is complete or not there.</summary>
    /// <param name="path">Target; replaced if it exists.</param>
    /// <param name="network">Its parameters are rounded to float16; statistics stay float32.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, AttributeNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = new TensorScope();
        IEnumerable<(string, Tensor)> tensors =
        [
            .. network.NamedParameters().Select(t => (t.Name, t.Value.Detach().To(DType.Float16))),
            .. network.NamedBuffers().Select(t => (t.Name, t.Value)),
        ];
        string options = JsonSerializer.Serialize(network.Options, AttributeJson.Default.AttributeNetworkOptions);
        Safetensors.Write(path, tensors, new Dictionary<string, string> { [OptionsKey] = options });
    }

    /// <summary>Reads a network; options and shapes are checked before it takes memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FeatureException">The file is missing, damaged, or holds something else.</exception>
    public static AttributeNetwork Read(string path, Device device)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using SafetensorsSource source = Safetensors.Open(path);
            return Build(path, source, device);
        }
        catch (SafetensorsException e)
        {
            throw new FeatureException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeatureException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static AttributeNetwork Build(string path, SafetensorsSource source, Device device)
    {
        AttributeNetworkOptions options = Parse(path, source.Metadata.GetValueOrDefault(OptionsKey));
        if (source.Entries.Values.FirstOrDefault(e => e.Type is not (DType.Float32 or DType.Float16)) is { } other)
        {
            throw new FeatureException(
                $"{path} is not an attribute network: '{other.Name}' has elements of the type {other.Type}.");
        }

        var network = new AttributeNetwork(options, Initializer.ForLoading);
        try
        {
            network.Load(source.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), source.ReadInto);
            if (network.NamedTensors().FirstOrDefault(t => !t.Value.AllFinite()).Name is { } broken)
            {
                throw new FeatureException($"{path} is damaged: '{broken}' holds values that are not finite.");
            }

            network.To(device);
            return network;
        }
        catch (LoadException e)
        {
            network.Dispose();
            throw new FeatureException($"{path} is not an attribute network of this program: {e.Message.TrimEnd('.')}.", e);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static AttributeNetworkOptions Parse(string path, string? text)
    {
        if (text is null or { Length: > MaxOptions })
        {
            throw new FeatureException($"{path} is not an attribute network: its metadata has no '{OptionsKey}'.");
        }

        try
        {
            AttributeNetworkOptions? options = JsonSerializer.Deserialize(text, AttributeJson.Default.AttributeNetworkOptions);
            string? problem = options is null ? "they are null" : options.Problem();
            return problem is null
                ? options! : throw new FeatureException($"{path} is not an attribute network: in its options {problem}.");
        }
        catch (JsonException e)
        {
            throw new FeatureException(
                $"{path} is not an attribute network: its options cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(AttributeNetworkOptions))]
internal sealed partial class AttributeJson : JsonSerializerContext;
