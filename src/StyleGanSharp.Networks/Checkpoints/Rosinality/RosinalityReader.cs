using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints.Rosinality;

/// <summary>
/// Reads StyleGAN2 generators of the widespread ".pt" layout: a dictionary with the tensors of "g_ema" (or "g"; or these tensors
/// alone) and, in converted files, "latent_avg". Where that is missing it is the average over <see cref="AverageSamples"/>
/// latents.
/// </summary>
internal static class RosinalityReader
{
    internal const int AverageSamples = 4096;
    internal const string AveragedGenerator = "g_ema";
    private const string LatestGenerator = "g";
    private const string Average = "latent_avg";
    private const string Marker = "input.input";
    private const int MaxBlocks = 11;

    public static bool IsGenerator(SnapshotFile file) => Generators(file).Any();

    /// <summary>Whether the file is the dictionary of the generator's tensors itself.</summary>
    public static bool IsBare(SnapshotFile file) => !HasModules(file) && file.Entries.ContainsKey(Marker);

    /// <summary>The generators of a file: the averaged one first; none where the file is something else.</summary>
    public static IEnumerable<(string Name, PickleDictionary State)> Generators(SnapshotFile file) =>
        HasModules(file) ? []
        : IsBare(file) ? [(SnapshotSummary.SingleNetwork, file.Entries)]
        : new[] { AveragedGenerator, LatestGenerator }.Select(name => (Name: name, State: State(file, name)))
            .Where(g => g.State?.ContainsKey(Marker) == true).Select(g => (g.Name, g.State!));

    /// <summary>The architecture and the tensors of one of <see cref="Generators"/>.</summary>
    /// <exception cref="SnapshotException">They do not fit each other.</exception>
    public static (GeneratorOptions Options, Dictionary<string, TensorRecord> Tensors) Read(
        SnapshotFile file, PickleDictionary state)
    {
        Dictionary<string, TensorRecord> theirs = Tensors(file, state);
        return (Options(file.Path, theirs), theirs);
    }

    public static Generator Generator(SnapshotFile file, string? name, ICollection<string> remarks)
    {
        (string Name, PickleDictionary State)[] all = [.. Generators(file)];
        PickleDictionary state = name is null or NetworkLoader.AveragedGenerator ? all[0].State
            : Array.Find(all, g => g.Name == name || (g.Name == LatestGenerator && name == "G")).State
            ?? throw new SnapshotException(
                file.Path, $"no network '{name}' in the file, only {string.Join(", ", all.Select(g => g.Name))}.");
        (GeneratorOptions options, Dictionary<string, TensorRecord> theirs) = Read(file, state);
        (string Own, string Theirs)[] names = [.. RosinalityNames.Of(options.Resolution, options.Mapping.NumLayers)];
        string[] strange =
            [.. theirs.Keys.Except(names.Select(n => n.Theirs)).Except(RosinalityNames.Filters(options.Resolution))];
        if (strange.Length > 0)
        {
            throw Error(file.Path,
                $"the tensor {PickleText.Show(strange[0])} does not belong to a StyleGAN2 generator of this layout");
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var converted = new Dictionary<string, Tensor>();
        foreach ((string own, string there) in names)
        {
            // Files from before the layout kept its noise have none.
            if (theirs.ContainsKey(there) || !FilledTensors.CanFill(own))
            {
                converted.Add(own, Find(file.Path, theirs, there).ToTensor());
            }
        }

        return Build(file, options, converted, theirs, remarks);
    }

    private static Generator Build(
        SnapshotFile file, GeneratorOptions options, Dictionary<string, Tensor> converted, Dictionary<string,
        TensorRecord> theirs,
        ICollection<string> remarks)
    {
        Generator? generator = null;
        using var filled = new FilledTensors(file.Path);
        try
        {
            generator = new Generator(options, Initializer.ForLoading);
            foreach (NamedTensor own in generator.NamedTensors())
            {
                if (!converted.ContainsKey(own.Name))
                {
                    filled.Fill(own.Name, own.Value);
                }

                converted[own.Name] = converted.TryGetValue(own.Name, out Tensor? value)
                    ? SameSizes(value, own.Value) : own.Value.Clone();
            }

            RequireFilters(file.Path, options, theirs, converted);
            bool hasAverage = file.Entries.TryGet(Average, out TensorRecord? average);
            if (!hasAverage && file.Entries.TryGetValue(Average, out object? other) && other is not null)
            {
                throw Error(file.Path, $"'{Average}' is a {PickleText.KindOf(other)}, not a tensor");
            }

            converted["mapping.w_avg"] = hasAverage
                ? FilledTensors.OneRow(file.Path, Average, average!.ToTensor(), options.WDim)
                : Tensor.Zeros([options.WDim]);
            generator.Load(converted.Keys, name => converted[name]);
            if (!hasAverage)
            {
                using var draws = new RandomGenerator(0);
                Tensor w = generator.Map(Tensor.RandN([AverageSamples, options.ZDim], draws), null).Select(1, 0);
                generator.WAvg!.CopyInPlace(w.Mean([0]));
            }

            if (filled.Remark is string remark)
            {
                remarks.Add(remark);
            }

            return generator;
        }
        catch (Exception e) when (e is LoadException or NotSupportedException or ArgumentException or TorchOutOfMemoryException)
        {
            generator?.Dispose();
            throw new SnapshotException(file.Path, $"the tensors do not fit each other: {e.Message.TrimEnd('.')}.", e);
        }
        catch
        {
            generator?.Dispose();
            throw;
        }
    }

    // The layout has further dimensions of size 1; everything else must agree, and loading says what does not.
    private static Tensor SameSizes(Tensor value, Tensor own) =>
        value.Shape.ToArray().Where(n => n != 1).SequenceEqual(own.Shape.ToArray().Where(n => n != 1))
            ? value.Reshape(own.Shape) : value;

    private static void RequireFilters(
        string path, GeneratorOptions options, Dictionary<string, TensorRecord> theirs, Dictionary<string, Tensor> converted)
    {
        float[] expected = [
            .. converted.First(c => c.Key.EndsWith("resample_filter", StringComparison.Ordinal)).Value.ToArray<float>().Select(
                t => t * 4)];
        foreach (string name in RosinalityNames.Filters(options.Resolution))
        {
            if (theirs.TryGetValue(name, out TensorRecord? filter)
                && !(filter.Count == expected.Length
                    && filter.ToDoubles().Zip(expected).All(p => Math.Abs(p.First - p.Second) < 1e-4)))
            {
                throw Error(path, $"the filter {PickleText.Show(name)} is another one than 1, 3, 3, 1");
            }
        }
    }

    private static GeneratorOptions Options(string path, Dictionary<string, TensorRecord> theirs)
    {
        int layers = Enumerable.Range(0, StoredTensors.MaxLayers).TakeWhile(i => theirs.ContainsKey($"style.{i + 1}.weight"))
            .Count();
        int blocks = Enumerable.Range(0, MaxBlocks).TakeWhile(j => theirs.ContainsKey($"to_rgbs.{j}.conv.weight")).Count();
        if (layers == 0 || blocks == 0)
        {
            throw Error(path, "the generator lacks its mapping network or its blocks");
        }

        int[] channels = [.. Enumerable.Range(0, blocks + 1).Select(
            j => Size(path, theirs, j == 0 ? "conv1.conv.weight" : $"convs.{(2 * j) - 1}.conv.weight", 1, 5))];
        int most = channels.Max(), resolution = 4 << blocks;
        int channelBase = Enumerable.Range(0, blocks + 1).Where(j => channels[j] < most).Select(j => channels[j] * (4 << j))
            .DefaultIfEmpty(most * resolution).Max();
        for (int j = 0; j <= blocks; j++)
        {
            if (channels[j] < 1 || new ChannelRule(channelBase / 2.0, 1, most).At(4 << j) != channels[j])
            {
                throw Error(path,
                    $"the layers have {string.Join(", ", channels)} feature maps, which no rule of StyleGAN2 gives");
            }
        }

        return new GeneratorOptions
        {
            ZDim = Size(path, theirs, "style.1.weight", 1, 2),
            WDim = Size(path, theirs, $"style.{layers}.weight", 0, 2),
            Resolution = resolution,
            ImageChannels = Size(path, theirs, "to_rgb1.conv.weight", 1, 5),
            Mapping = new Layers.MappingOptions { NumLayers = layers },
            ChannelBase = channelBase,
            ChannelMax = most,
            ConvClamp = null,
            KernelSize = Size(path, theirs, "conv1.conv.weight", 4, 5),
            NumFp16Res = 0,
        };
    }

    private static int Size(string path, Dictionary<string, TensorRecord> theirs, string name, int dimension, int dimensions)
    {
        IReadOnlyList<long> shape = Find(path, theirs, name).Shape;
        return shape.Count == dimensions && shape[dimension] is >= 1 and <= StoredTensors.MaxFeatures
            ? (int)shape[dimension]
            : throw Error(path, $"the tensor '{name}' has the sizes [{string.Join(", ", shape)}]");
    }

    private static TensorRecord Find(string path, Dictionary<string, TensorRecord> theirs, string name) =>
        theirs.TryGetValue(name, out TensorRecord? found) ? found : throw Error(path, $"the tensor '{name}' is missing");

    private static Dictionary<string, TensorRecord> Tensors(SnapshotFile file, PickleDictionary state)
    {
        var tensors = new Dictionary<string, TensorRecord>();
        Int128 total = 0;
        foreach ((object? key, object? value) in state)
        {
            if (key is not string name || value is not TensorRecord tensor)
            {
                throw Error(file.Path, "the generator holds something else than named tensors");
            }

            if (tensor.Element is not (ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16))
            {
                throw Error(file.Path, $"the tensor {PickleText.Show(name)} is of type {tensor.Element}, expected Float32");
            }

            tensors.Add(name, tensor);
            total += tensor.ByteCount;
        }

        return total <= (SnapshotFile.SharingFactor * (Int128)file.FileBytes) + SnapshotFile.SharingMargin
            ? tensors
            : throw Error(file.Path, $"its tensors unfold to {total} bytes, far more than the file has");
    }

    private static bool HasModules(SnapshotFile file) =>
        file.Modules.Count > 0 || file.Root is not null || file.TfNetworks.Count > 0;

    private static PickleDictionary? State(SnapshotFile file, string name) =>
        file.Entries.TryGet(name, out PickleDictionary? state) ? state : null;

    private static SnapshotException Error(string path, string problem) => new(path, $"{problem}.");
}
