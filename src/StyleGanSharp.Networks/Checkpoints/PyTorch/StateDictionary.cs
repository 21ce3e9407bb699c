using System.Globalization;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan3;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// Generators that programs built on NVIDIA's save as <c>state_dict()</c>: tensors by their full names, without the options of
/// the constructor. The shapes give all sizes; what no shape gives has the default of NVIDIA's programs. The result is the record
/// that a snapshot would hold, so that everything that checks and builds snapshots serves here, too.
/// </summary>
internal static class StateDictionary
{
    private const int MaxDepth = 3;
    private const int MaxEntries = 100_000;
    private const double DefaultClamp = 256;
    private const string Constant = "synthesis.b4.const";
    private const string Frequencies = "synthesis.input.freqs";

    private static readonly string[] ChildOrder = ["mapping", "synthesis"];

    /// <summary>The generators among the entries of a file, by the names under which they lie.</summary>
    internal static IEnumerable<(string Name, ModuleRecord Module)> Modules(string path, PickleDictionary entries)
    {
        foreach ((string place, PickleDictionary state) in Dictionaries(entries, "", 0))
        {
            foreach (string prefix in Prefixes(state))
            {
                // "module" is what PyTorch's DataParallel wraps a network in.
                string inner = string.Join(
                    '.', prefix.Split('.', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "module"));
                string name = place.Length == 0 ? inner : inner.Length == 0 ? place : $"{place}.{inner}";
                yield return (name.Length == 0
                    ? SnapshotSummary.SingleNetwork : PickleText.Show(name), Module(path, state, prefix));
            }
        }
    }

    private static IEnumerable<(string Place, PickleDictionary State)> Dictionaries(
        PickleDictionary entries, string place, int depth)
    {
        if (entries.Count > MaxEntries || depth > MaxDepth)
        {
            yield break;
        }

        if (entries.Any(e => e is { Key: string, Value: TensorRecord }))
        {
            yield return (place, entries);
        }

        foreach ((object? key, object? value) in entries)
        {
            if (key is string name && value is PickleDictionary inner)
            {
                foreach ((string, PickleDictionary) found in Dictionaries(
                    inner, place.Length == 0 ? name : $"{place}.{name}", depth + 1))
                {
                    yield return found;
                }
            }
        }
    }

    // What comes before the generator's own names: "", "module.", "G_ema.", ...
    private static string[] Prefixes(PickleDictionary state) =>
    [
        .. state.Keys.OfType<string>().Select(Prefix).OfType<string>().Distinct(StringComparer.Ordinal),
    ];

    private static string? Prefix(string name)
    {
        string? mark = name.EndsWith(Constant, StringComparison.Ordinal)
            ? Constant : name.EndsWith(Frequencies, StringComparison.Ordinal) ? Frequencies : null;
        string prefix = mark is null ? "" : name[..^mark.Length];
        return mark is null || (prefix.Length > 0 && prefix[^1] != '.') ? null : prefix;
    }

    private static ModuleRecord Module(string path, PickleDictionary state, string prefix)
    {
        var root = new Node();
        foreach ((object? key, object? value) in state)
        {
            if (key is string name && value is TensorRecord tensor && name.StartsWith(prefix, StringComparison.Ordinal))
            {
                string[] parts = name[prefix.Length..].Split('.');
                if (ChildOrder.Contains(parts[0]) && parts.Length is > 1 and <= 8 && parts.All(p => p.Length is > 0 and <= 100))
                {
                    root.Add(parts, tensor);
                }
            }
        }

        Node synthesis = root.Child("synthesis"), mapping = root.Child("mapping");
        root.ClassName = "Generator";
        Mapping(root, mapping);
        if (synthesis.Children.ContainsKey("b4"))
        {
            StyleGan2(root, synthesis);
        }
        else
        {
            AliasFree(root, synthesis);
        }

        return root.Record();
    }

    private static void Mapping(Node root, Node mapping)
    {
        int layers = 0;
        while (mapping.Children.ContainsKey($"fc{layers}"))
        {
            layers++;
        }

        long embedded = mapping.Size("embed", "weight", 0), inputs = mapping.Size("fc0", "weight", 1);
        root.Attributes["z_dim"] = inputs - embedded;
        root.Attributes["c_dim"] = mapping.Size("embed", "weight", 1);
        root.Attributes["w_dim"] = mapping.Size($"fc{layers - 1}", "weight", 0);
        mapping.Attributes["num_layers"] = (long)layers;
        mapping.Attributes["w_avg_beta"] = 0.998;
    }

    private static void StyleGan2(Node root, Node synthesis)
    {
        int resolution = 4;
        while (resolution < StyleGan2Reader.MaxResolution && synthesis.Children.ContainsKey($"b{resolution * 2}"))
        {
            resolution *= 2;
        }

        int[] resolutions = [.. ChannelRule.Resolutions(resolution)];
        long[] channels = [.. resolutions.Select(r => synthesis.Child($"b{r}").Size("conv1", "weight", 0))];
        long most = channels.Max();
        synthesis.Attributes["num_ws"] = (2L * resolutions.Length);
        synthesis.Attributes["channel_max"] = most;
        synthesis.Attributes["channel_base"] =
            resolutions.Zip(channels).Where(p => p.Second < most).Select(p => p.First * p.Second).DefaultIfEmpty(
                most * resolution).Max();
        Node first = synthesis.Child("b4"), last = synthesis.Child($"b{resolution}");
        root.Attributes["img_channels"] = last.Size("torgb", "weight", 0);

        // A constant of another shape than 4x4 says itself how large the images are.
        TensorRecord? constant = first.Tensors.GetValueOrDefault("const");
        root.Attributes["img_resolution"] = constant is { Shape: [_, var height, var width] } && (height, width) != (4, 4)
            ? new PickleTuple(height * resolution / 4, width * resolution / 4)
            : (long)resolution;
        string architecture = last.Children.ContainsKey("skip")
            ? "resnet" : first.Children.ContainsKey("torgb") ? "skip" : "orig";
        foreach (int r in resolutions)
        {
            Node block = synthesis.Child($"b{r}");
            block.Attributes["architecture"] = architecture;
            foreach (Node layer in block.Children.Values)
            {
                layer.Attributes["conv_clamp"] = DefaultClamp;
                layer.Attributes["use_noise"] = layer.Tensors.ContainsKey("noise_strength");
                if (layer.Tensors.GetValueOrDefault(
                    "resample_filter") is { Count: <= 4096, Shape: [var rows, var columns] } filter && rows == columns)
                {
                    layer.Attributes["resample_filter"] = Taps(filter, (int)rows);
                }
            }
        }
    }

    // The stored filter is the outer product of its taps, scaled to sum up to one.
    private static PickleList Taps(TensorRecord filter, int size)
    {
        double[] values = filter.ToDoubles();
        double[] sums = [.. Enumerable.Range(0, size).Select(i => values.AsSpan(i * size, size).ToArray().Sum())];
        double[] wholes = [.. sums.Select(s => s * 8)];
        var taps = new PickleList();
        foreach (double tap in wholes.All(w => w == Math.Round(w)) ? wholes : sums)
        {
            taps.Add(tap);
        }

        return taps;
    }

    private static void AliasFree(Node root, Node synthesis)
    {
        string[] names = [.. synthesis.Children.Keys.Where(name => name.StartsWith('L'))];
        var list = new PickleList();
        Array.ForEach(names, list.Add);
        synthesis.Attributes["layer_names"] = list;
        synthesis.Attributes["num_layers"] = (long)(names.Length - 1);
        if (names.Length < 2 || Sizes(names[^1]) is not var (resolution, imageChannels) || Sizes(names[0]) is not var (_, most))
        {
            return;
        }

        root.Attributes["img_resolution"] = (long)resolution;
        root.Attributes["img_channels"] = (long)imageChannels;
        synthesis.Attributes["channel_max"] = (long)most;
        bool radial = synthesis.Children.Values.Any(layer => layer.Tensors.GetValueOrDefault("down_filter")?.Shape.Count == 2);
        synthesis.Attributes["use_radial_filters"] = radial;
        synthesis.Attributes["channel_base"] = (long)ChannelBase(names, resolution, imageChannels, most, radial);
        foreach (string name in names)
        {
            synthesis.Child(name).Attributes["conv_clamp"] = DefaultClamp;
        }
    }

    // Feature maps are base / 2 / cutoff up to a limit; any base that gives the names of the layers will do.
    private static int ChannelBase(string[] names, int resolution, int imageChannels, int most, bool radial)
    {
        var options = new GeneratorOptions
        {
            Resolution = resolution,
            ImageChannels = imageChannels,
            NumLayers = names.Length - 1,
            ChannelMax = most,
            ChannelBase = 1 << 30,
            UseRadialFilters = radial,
        };
        try
        {
            IReadOnlyList<LayerGeometry> layers = LayerGeometry.Of(options);
            IEnumerable<int> candidates = layers.Zip(names).SkipLast(1)
                .Select(p => (p.First.OutCutoff, Channels: Sizes(p.Second)?.Channels ?? 0)).Where(p => p.Channels < most)
                .SelectMany(p => new[] { -0.25, 0, 0.25 }.Select(part => (int)Math.Round(2 * p.OutCutoff * (p.Channels + part))))
                .Concat(Enumerable.Range(6, 12).Select(power => 1 << power));
            return candidates.FirstOrDefault(
                one => one > 0 && Fits(options with { ChannelBase = one }, names),
                new GeneratorOptions { Resolution = resolution }.ChannelBase);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            return options.ChannelBase; // The reader of snapshots says what does not fit.
        }
    }

    private static bool Fits(GeneratorOptions options, string[] names)
    {
        try
        {
            return LayerGeometry.Of(options).Select(layer => layer.Name).SequenceEqual(names);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            return false;
        }
    }

    // "L3_52_512": 52 and 512.
    private static (int Size, int Channels)? Sizes(string name)
    {
        string[] parts = name.Split('_');
        return parts.Length == 3
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int size)
            && size is > 0 and <= StyleGan2Reader.MaxResolution * 2
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int channels)
            && channels is > 0 and <= 1 << 16
                ? (size, channels)
                : null;
    }

    private sealed class Node
    {
        // What a state dictionary does not tell from parameters; both are loaded alike.
        private static readonly string[] Buffers =
            ["noise_const", "w_avg", "resample_filter", "magnitude_ema", "up_filter", "down_filter", "freqs", "phases",
                "transform"];

        public string ClassName { get; set; } = "";

        public OrderedDictionary<string, object?> Attributes { get; } = [];

        public OrderedDictionary<string, TensorRecord?> Tensors { get; } = [];

        public OrderedDictionary<string, Node> Children { get; } = [];

        public void Add(ReadOnlySpan<string> name, TensorRecord tensor)
        {
            if (name.Length == 1)
            {
                Tensors[name[0]] = tensor;
            }
            else
            {
                Child(name[0]).Add(name[1..], tensor);
            }
        }

        public Node Child(string name)
        {
            if (!Children.TryGetValue(name, out Node? child))
            {
                Children.Add(name, child = new Node());
            }

            return child;
        }

        /// <summary>One size of a tensor of a child; 0 where there is none.</summary>
        public long Size(string child, string tensor, int dimension) =>
            Children.GetValueOrDefault(child)?.Tensors.GetValueOrDefault(tensor) is { } found && found.Shape.Count > dimension
                ? found.Shape[dimension] : 0;

        public ModuleRecord Record() => new(
            ClassName, training: false, Of(t => !Buffers.Contains(t)), Of(t => Buffers.Contains(t)),
            Children.ToDictionary(c => c.Key, c => (ModuleRecord?)c.Value.Record()), Attributes, new PickleTuple(),
            new PickleDictionary());

        private OrderedDictionary<string, TensorRecord?> Of(Func<string, bool> kind) => new(Tensors.Where(t => kind(t.Key)));
    }
}
