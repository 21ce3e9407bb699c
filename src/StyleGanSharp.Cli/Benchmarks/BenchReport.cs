using System.Text.Json;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>What was measured, as a table or as JSON.</summary>
internal sealed class BenchReport(Device device, IReadOnlyList<CeilingRow> ceiling, IReadOnlyList<GeneratorRow> generators)
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private double Ceiling => ceiling.Max(c => c.GflopPerSecond);

    internal void WriteTable(TextWriter output)
    {
        output.WriteLine($"libtorch {TorchLibrary.Version} on {device}, {TorchLibrary.Threads} threads, float32");
        output.WriteLine();
        output.WriteLine("3x3 convolution       row-major   channels-last   [GFLOP/s]");
        foreach (IGrouping<(int Channels, int Resolution), CeilingRow> shape in ceiling.GroupBy(c => (c.Channels, c.Resolution)))
        {
            string name = $"{shape.Key.Channels} channels, {shape.Key.Resolution}x{shape.Key.Resolution}";
            output.WriteLine($"{name,-24}{shape.First(c => !c.ChannelsLast).GflopPerSecond,7:0}{shape.First(c => c.ChannelsLast).GflopPerSecond,16:0}");
        }

        output.WriteLine($"Ceiling: {Ceiling:0} GFLOP/s");
        output.WriteLine();
        output.WriteLine($"{"generator",-38}{"batch",6}{"s/image",10}{"median",10}{"images/s",10}{"GFLOP",8}{"of ceiling",12}");
        foreach (GeneratorRow row in generators)
        {
            output.WriteLine(
                $"{row.Name,-38}{row.Batch,6}{row.BestSeconds,10:0.000}{row.MedianSeconds,10:0.000}{1 / row.BestSeconds,10:0.00}"
                + $"{row.GflopPerImage,8:0.0}{row.GflopPerImage / row.BestSeconds / Ceiling,12:0 %}");
        }
    }

    internal void WriteJson(TextWriter output)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("libtorch", TorchLibrary.Version);
            json.WriteString("device", device.ToString());
            json.WriteNumber("threads", TorchLibrary.Threads);
            json.WriteString("precision", "fp32");
            json.WriteNumber("ceiling_gflops", Math.Round(Ceiling, 1));
            WriteCeiling(json);
            WriteGenerators(json);
            json.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private void WriteCeiling(Utf8JsonWriter json)
    {
        json.WriteStartArray("convolutions");
        foreach (CeilingRow row in ceiling)
        {
            json.WriteStartObject();
            json.WriteNumber("channels", row.Channels);
            json.WriteNumber("resolution", row.Resolution);
            json.WriteBoolean("channels_last", row.ChannelsLast);
            json.WriteNumber("gflops", Math.Round(row.GflopPerSecond, 1));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteGenerators(Utf8JsonWriter json)
    {
        json.WriteStartArray("generators");
        foreach (GeneratorRow row in generators)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            json.WriteNumber("batch", row.Batch);
            json.WriteNumber("seconds_per_image", Math.Round(row.BestSeconds, 6));
            json.WriteNumber("median_seconds_per_image", Math.Round(row.MedianSeconds, 6));
            json.WriteNumber("gflop_per_image", Math.Round(row.GflopPerImage, 3));
            json.WriteNumber("fraction_of_ceiling", Math.Round(row.GflopPerImage / row.BestSeconds / Ceiling, 4));
            json.WriteNumber("runs", row.Runs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
