using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>How the bytes of a tensor become numbers: byte * Scale + Min.</summary>
internal sealed record Quantization(double Scale, double Min);

/// <summary>
/// A face network as a safetensors file. Tensors are float32, or bytes whose scale and offset stand in the metadata; the name of
/// the network stands there too, so that files cannot be mistaken for each other (docs/formats.md).
/// </summary>
internal static class FaceNetworkFile
{
    /// <summary>Metadata: which network it is.</summary>
    internal const string NetworkKey = "face_network";

    /// <summary>Metadata: a JSON object, tensor to <see cref="Quantization"/>.</summary>
    internal const string QuantizationKey = "quantization";

    private const int MaxQuantization = 1 << 20;

    /// <summary>Reads a network; names, types and shapes are checked before any value.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What its metadata must call it.</param>
    /// <param name="create">Makes the network, whose values are then filled.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="FaceException">The file is missing, damaged, or holds something else.</exception>
    internal static T Read<T>(string path, string name, Func<T> create, Device device)
        where T : Module
    {
        try
        {
            using SafetensorsSource source = Safetensors.Open(path);
            return Build(path, name, source, create, device);
        }
        catch (SafetensorsException e)
        {
            throw new FaceException(e.Message, e);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new FaceException(FileFault.DescribeRead(e, path), e);
        }
    }

    /// <summary>Writes a network's file; it is complete or not there.</summary>
    /// <param name="path">Target; replaced if it exists.</param>
    /// <param name="name">What the network is called.</param>
    /// <param name="tensors">Float32, or uint8 with an entry in <paramref name="quantization"/>.</param>
    /// <param name="quantization">Scale and offset of the uint8 tensors.</param>
    /// <param name="texts">Further metadata.</param>
    internal static void Write(
        string path, string name, IEnumerable<(string Name, Tensor Value)> tensors, Dictionary<string, Quantization> quantization,
        IReadOnlyDictionary<string, string> texts)
    {
        var metadata = new Dictionary<string, string>(texts)
        {
            [NetworkKey] = name,
            [QuantizationKey] = JsonSerializer.Serialize(quantization, QuantizationJson.Default.DictionaryStringQuantization),
        };
        Safetensors.Write(path, tensors, metadata);
    }

    private static T Build<T>(string path, string name, SafetensorsSource source, Func<T> create, Device device)
        where T : Module
    {
        if (source.Metadata.GetValueOrDefault(NetworkKey) is not string found || found != name)
        {
            throw new FaceException($"{path} does not hold the {name} network: its metadata must have {NetworkKey} = {name}.");
        }

        Dictionary<string, Quantization> quantization = Parse(path, source.Metadata.GetValueOrDefault(QuantizationKey));
        foreach (SafetensorsEntry entry in source.Entries.Values)
        {
            if (entry.Type != (quantization.ContainsKey(entry.Name) ? DType.UInt8 : DType.Float32))
            {
                throw new FaceException(
                    $"{path} is damaged: '{entry.Name}' is {entry.Type}; expected float32, or bytes with scale and offset.");
            }
        }

        T network = create();
        try
        {
            network.Load(source.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), (tensor, target) =>
                Fill(source, tensor, quantization.GetValueOrDefault(tensor), target));
            if (network.NamedTensors().FirstOrDefault(t => !t.Value.AllFinite()).Name is { } broken)
            {
                throw new FaceException($"{path} is damaged: '{broken}' holds values that are not finite numbers.");
            }

            network.To(device);
            return network;
        }
        catch (LoadException e)
        {
            network.Dispose();
            throw new FaceException($"{path} does not hold the {name} network: {e.Message.TrimEnd('.')}.", e);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private static void Fill(SafetensorsSource source, string name, Quantization? quantization, Tensor target)
    {
        if (quantization is null)
        {
            source.ReadInto(name, target);
            return;
        }

        byte[] bytes = source.ReadBytes(name);
        Span<float> values = target.AsSpan<float>();
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((bytes[i] * quantization.Scale) + quantization.Min);
        }
    }

    private static Dictionary<string, Quantization> Parse(string path, string? text)
    {
        if (text is null or { Length: > MaxQuantization })
        {
            throw new FaceException($"{path} is not a face network of this program: its metadata has no '{QuantizationKey}'.");
        }

        try
        {
            Dictionary<string, Quantization>? found =
                JsonSerializer.Deserialize(text, QuantizationJson.Default.DictionaryStringQuantization);
            return found is not null && found.Values.All(q => q is not null && double.IsFinite(q.Scale) && double.IsFinite(q.Min))
                ? found
                : throw new FaceException($"{path} is damaged: its '{QuantizationKey}' lacks a scale or an offset.");
        }
        catch (JsonException e)
        {
            throw new FaceException($"{path} is damaged: its '{QuantizationKey}' is not the JSON that is expected.", e);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Dictionary<string, Quantization>))]
internal sealed partial class QuantizationJson : JsonSerializerContext;
