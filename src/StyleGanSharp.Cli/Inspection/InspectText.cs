using System.Globalization;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Networks.Checkpoints;
namespace StyleGanSharp.Cli.Inspection;

/// <summary>A snapshot's summary for people, on at most 100 columns (long tensor names aside).</summary>
internal sealed class InspectText(TextWriter writer)
{
    private const int Indent = 16;
    private const int Width = 100;

    private static readonly string[] NetworkHeadings = ["Network", "Class", "Parameters", "in tensors", "Buffers", "in tensors"];

    internal void Write(SnapshotSummary snapshot, bool withLayers)
    {
        Entry("File", snapshot.Path);
        Entry("Size", $"{ByteSize.Show(snapshot.FileBytes)}, {SnapshotNames.ForPeople(snapshot.Container)}");
        Entry("Generation", SnapshotNames.ForPeople(snapshot.Generation, snapshot.Container));
        if (snapshot.Generator is NetworkSummary generator)
        {
            WriteGenerator(generator);
        }

        foreach (NetworkSummary network in snapshot.Networks.Where(n => n.Kind == NetworkKind.Discriminator))
        {
            Entry("Discriminator", Blocks(network));
        }

        if (snapshot.AugmentP is double p)
        {
            Entry("Augmentation", string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}"));
        }

        WriteList("Training set", snapshot.TrainingSet.Select(e => $"{e.Key} = {Value(e.Value)}"));
        WriteList("Other entries", snapshot.OtherEntries.Select(e => $"{e.Key}: {e.Value}"));
        Entry("Licence", SnapshotNames.LicenceNote);
        WriteNetworks(snapshot.Networks);
        if (withLayers)
        {
            foreach (NetworkSummary network in snapshot.Networks)
            {
                WriteTensors(network);
            }
        }
    }

    private void WriteGenerator(NetworkSummary generator)
    {
        Entry("Images",
            $"{generator.Width ?? generator.Resolution}x{generator.Height ?? generator.Resolution}, "
                + $"{Plural(generator.Channels ?? 0, "channel")}");
        Entry("Labels", generator.CDim > 0 ? $"{generator.CDim} (conditional)" : "none (unconditional)");
        Entry("Latents", $"z {generator.ZDim}, w {generator.WDim}, {generator.NumWs} ws");
        Entry("Mapping", Plural(generator.MappingLayers ?? 0, "layer"));
        Entry("Synthesis", Blocks(generator));
        if (generator.Lod is double lod)
        {
            Entry("Grown to", string.Create(
                CultureInfo.InvariantCulture, $"level of detail {lod:0.####} (0: full resolution, n: 1/2^n of it)"));
        }

        if (!generator.CanRun)
        {
            Entry("Note", "This version recognises the generator but cannot run it yet.");
        }
    }

    private static string Blocks(NetworkSummary network)
    {
        var parts = new List<string>();
        if (network.LayerNames.Count > 0)
        {
            parts.Add(Plural(network.LayerNames.Count, "layer"));
        }

        if (network.Architecture is string architecture)
        {
            parts.Add(architecture);
        }

        parts.Add($"channel base {network.ChannelBase}");
        parts.Add($"channel max {network.ChannelMax}");
        parts.Add(network.ConvClamp is double clamp ? string.Create(CultureInfo.InvariantCulture, $"clamp {clamp}") : "no clamp");
        if (network.UseNoise is bool noise)
        {
            parts.Add(noise ? "noise inputs" : "no noise inputs");
        }

        return string.Join(", ", parts);
    }

    private void WriteNetworks(IReadOnlyList<NetworkSummary> networks)
    {
        if (networks.Count == 0)
        {
            Entry("Networks", "none");
            return;
        }

        writer.WriteLine();
        var rows = new List<string[]> { NetworkHeadings };
        rows.AddRange(networks.Select(n => new[]
        {
            SafeText.Of(n.Name),
            SafeText.Of(n.ClassName),
            Number(n.ParameterCount),
            Number(n.Tensors.Count(t => t.Kind == TensorKind.Parameter)),
            Number(n.BufferCount),
            Number(n.Tensors.Count(t => t.Kind == TensorKind.Buffer)),
        }));
        PlainTable.Write(writer, rows, 2, 3, 4, 5);
        foreach (NetworkSummary network in networks.Where(n => n.Problem is not null))
        {
            Entry("Problem", network.Problem!);
        }
    }

    private void WriteTensors(NetworkSummary network)
    {
        writer.WriteLine();
        var rows = new List<string[]> { new string[] { $"Tensors of {SafeText.Of(network.Name)}", "Shape", "Type", "Kind" } };
        rows.AddRange(network.Tensors.Select(t => new[]
        {
            SafeText.Of(t.Name), $"[{string.Join(", ", t.Shape)}]", SnapshotNames.Of(t.Element), SnapshotNames.Of(t.Kind),
        }));
        PlainTable.Write(writer, rows);
    }

    private void WriteList(string name, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Entry(name, line);
            name = "";
        }
    }

    private void Entry(string name, string text) => PlainTable.WriteEntry(writer, name, SafeText.Of(text), Indent, Width);

    private static string Value(object? value) => value switch
    {
        null => "none",
        bool flag => flag ? "true" : "false",
        object?[] items => string.Join(", ", items.Select(Value)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Number(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Plural(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
