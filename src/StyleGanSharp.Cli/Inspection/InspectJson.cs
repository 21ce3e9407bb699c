using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;

namespace StyleGanSharp.Cli.Inspection;

/// <summary>
/// A snapshot's summary for programs. The keys are stable: new ones may come, none is renamed. What a network does not have is
/// null.
/// </summary>
internal static class InspectJson
{
    // Paths keep their letters; nobody puts this output into a web page unescaped.
    private static readonly JsonWriterOptions Format =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Write(SnapshotSummary snapshot, bool withTensors)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteString("file", snapshot.Path);
            json.WriteNumber("file_bytes", snapshot.FileBytes);
            json.WriteString("container", SnapshotNames.ForPrograms(snapshot.Container));
            json.WriteString("generation", SnapshotNames.ForPrograms(snapshot.Generation));
            json.WriteBoolean("can_generate", snapshot.Generator?.CanRun == true);
            WriteNumber(json, "augment_p", snapshot.AugmentP);
            WriteDictionary(json, "training_set", snapshot.TrainingSet);
            WriteDictionary(json, "other_entries", snapshot.OtherEntries);
            json.WriteString("licence_note", SnapshotNames.LicenceNote);
            json.WriteStartArray("networks");
            foreach (NetworkSummary network in snapshot.Networks)
            {
                WriteNetwork(json, network, withTensors);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteNetwork(Utf8JsonWriter json, NetworkSummary network, bool withTensors)
    {
        json.WriteStartObject();
        json.WriteString("name", network.Name);
        json.WriteString("kind", SnapshotNames.Of(network.Kind));
        json.WriteString("class_name", network.ClassName);
        json.WriteString("problem", network.Problem);
        json.WriteNumber("parameters", network.ParameterCount);
        json.WriteNumber("parameter_tensors", network.Tensors.Count(t => t.Kind == TensorKind.Parameter));
        json.WriteNumber("buffers", network.BufferCount);
        json.WriteNumber("buffer_tensors", network.Tensors.Count(t => t.Kind == TensorKind.Buffer));
        WriteNumber(json, "resolution", network.Resolution);
        if (network.Width is not null)
        {
            WriteNumber(json, "width", network.Width);
            WriteNumber(json, "height", network.Height);
        }

        WriteNumber(json, "channels", network.Channels);
        WriteNumber(json, "c_dim", network.CDim);
        WriteNumber(json, "z_dim", network.ZDim);
        WriteNumber(json, "w_dim", network.WDim);
        WriteNumber(json, "num_ws", network.NumWs);
        WriteNumber(json, "mapping_layers", network.MappingLayers);
        json.WriteString("architecture", network.Architecture);
        WriteNumber(json, "channel_base", network.ChannelBase);
        WriteNumber(json, "channel_max", network.ChannelMax);
        WriteNumber(json, "conv_clamp", network.ConvClamp);
        WriteNumber(json, "num_fp16_res", network.NumFp16Res);
        WriteValue(json, "use_noise", network.UseNoise);
        WriteNumber(json, "lod", network.Lod);
        WriteValue(json, "layer_names", network.LayerNames.ToArray<object?>());
        if (withTensors)
        {
            WriteTensors(json, network.Tensors);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, IReadOnlyList<TensorSummary> tensors)
    {
        json.WriteStartArray("tensors");
        foreach (TensorSummary tensor in tensors)
        {
            json.WriteStartObject();
            json.WriteString("name", tensor.Name);
            json.WriteString("kind", SnapshotNames.Of(tensor.Kind));
            json.WriteString("type", SnapshotNames.Of(tensor.Element));
            WriteValue(json, "shape", tensor.Shape.Cast<object?>().ToArray());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDictionary<T>(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, T> entries)
    {
        json.WriteStartObject(name);
        foreach ((string key, T value) in entries)
        {
            WriteValue(json, key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value) => WriteValue(json, name, value);

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case object?[] items:
                json.WriteStartArray();
                foreach (object? item in items)
                {
                    WriteValue(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                // JSON has no infinity and no NaN.
                json.WriteNullValue();
                break;
        }
    }
}
