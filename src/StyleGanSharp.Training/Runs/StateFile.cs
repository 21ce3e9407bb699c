using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>
/// The state of a run between two iterations as a safetensors file: the tensors of the three networks and the two optimizers, the
/// counters, and the options that decide what the next step computes. Two equal runs write byte-identical files.
/// </summary>
public static class StateFile
{
    private const string Format = "stylegansharp-training-state";
    private const string Version = "1";
    private const string PathLengthMean = "pl_mean";

    private static readonly JsonSerializerOptions Plain = new(OptionsJson.Default.Options) { WriteIndented = false };

    /// <summary>Writes a state; the file is written aside, synced and renamed.</summary>
    /// <param name="path">Target; replaced if it exists.</param>
    /// <param name="networks">The networks.</param>
    /// <param name="trainer">Optimizers and running means.</param>
    /// <param name="options">Options of the run.</param>
    /// <param name="progress">Counters.</param>
    public static void Write(
        string path, TrainedNetworks networks, Trainer trainer, TrainingOptions options, RunProgress progress)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        using var scope = new TensorScope();
        var metadata = new OrderedDictionary<string, string>
        {
            ["format"] = Format,
            ["format_version"] = Version,
            ["options"] = Decisive(options),
            ["progress"] = JsonSerializer.Serialize(progress, StateJson.Default.RunProgress),
        };
        Safetensors.Write(path, Tensors(networks, trainer).Select(t => (t.Name, t.Value)), metadata);
    }

    /// <summary>Continues from a state.</summary>
    /// <param name="path">The file.</param>
    /// <param name="networks">Networks of the same options; their values are replaced.</param>
    /// <param name="trainer">Its optimizers and running means are replaced, and its counters.</param>
    /// <param name="options">Options of the run: those that decide what the next step computes must be the state's.</param>
    /// <returns>The counters.</returns>
    /// <exception cref="RunException">
    /// The file is damaged, of another version, or of a run with other options, which are listed.
    /// </exception>
    public static RunProgress Read(string path, TrainedNetworks networks, Trainer trainer, TrainingOptions options) =>
        Read(path, networks, trainer, options, out _);

    /// <inheritdoc cref="Read(string, TrainedNetworks, Trainer, TrainingOptions)"/>
    /// <param name="path">The file.</param>
    /// <param name="networks">Networks of the same options; their values are replaced.</param>
    /// <param name="trainer">Its optimizers and running means are replaced, and its counters.</param>
    /// <param name="options">Options of the run.</param>
    /// <param name="precision">In which the last part of the run was computed; it may be another one than the options'.</param>
    internal static RunProgress Read(
        string path, TrainedNetworks networks, Trainer trainer, TrainingOptions options, out Precision precision)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(trainer);
        try
        {
            using SafetensorsFile file = Safetensors.Read(path);
            RunProgress progress = Check(path, file.Metadata, options, out precision);
            Load(file.Tensors, networks, trainer);
            (trainer.Images, trainer.Iterations) = (progress.Images, progress.Iterations);
            return progress;
        }
        catch (Exception e) when (
            e is SafetensorsException or LoadException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new RunException(
                $"The training state {path} cannot be used: {e.Message.TrimEnd('.')}; move it away to start anew, "
                    + $"or choose another folder.", e);
        }
    }

    /// <summary>
    /// Options as JSON, for a comparison with those of another process: without what may differ between machines.
    /// </summary>
    public static string Comparable(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Text(options with { StartFrom = null, Data = options.Data with { Path = "", Workers = 0 } });
    }

    /// <summary>Whether a safetensors file calls itself a training state.</summary>
    /// <exception cref="RunException">It is damaged.</exception>
    internal static bool IsState(string path)
    {
        try
        {
            using SafetensorsFile file = Safetensors.Read(path);
            return file.Metadata.GetValueOrDefault("format") == Format;
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>The options and tensors of a state, to start another run from its networks.</summary>
    internal static (TrainingOptions Options, SafetensorsFile File) Open(string path)
    {
        SafetensorsFile file = Safetensors.Read(path);
        try
        {
            TrainingOptions? options = file.Metadata.GetValueOrDefault("format_version") == Version
                ? JsonSerializer.Deserialize(
                    file.Metadata.GetValueOrDefault("options", "null"), OptionsJson.Default.TrainingOptions) : null;
            return (options ?? throw new RunException(
                $"The training state {path} is of another version: start from a snapshot instead."), file);
        }
        catch (JsonException e)
        {
            throw new RunException($"The options in {path} cannot be read: it is damaged.", e);
        }
    }

    /// <summary>Takes the values of the three networks from a state.</summary>
    internal static void LoadNetworks(IReadOnlyDictionary<string, Tensor> tensors, TrainedNetworks networks)
    {
        void Into(Module module, string prefix)
        {
            Dictionary<string, Tensor> part = Part(tensors, prefix);
            module.Load(part.Keys, name => part[name]);
        }

        Into(networks.GeneratorModule, "G.");
        Into(networks.DiscriminatorModule, "D.");
        Into(networks.AverageModule, "G_ema.");
    }

    private static RunProgress Check(
        string path, IReadOnlyDictionary<string, string> metadata, TrainingOptions options, out Precision precision)
    {
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw new RunException($"{path} is not a training state of this program: move it away, or choose another folder.");
        }

        string version = metadata.GetValueOrDefault("format_version", "?");
        if (version != Version)
        {
            throw new RunException(
                $"The training state {path} has format version {version}, this program writes and reads version {Version}: " +
                "continue with the program that wrote it, or start from its last snapshot in another folder.");
        }

        // The weights are float32 in any precision, so another machine may go on in another one.
        string saved = metadata.GetValueOrDefault("options", "{}");
        JsonObject? before = JsonNode.Parse(saved) as JsonObject, now = JsonNode.Parse(Decisive(options)) as JsonObject;
        precision = before?["precision"]?.GetValueKind() == JsonValueKind.String
            && Enum.TryParse(before["precision"]!.GetValue<string>(), out Precision known) ? known : Precision.Float32;
        before?.Remove("precision");
        now!.Remove("precision");
        string[] differences = [.. Differences(
            before?.ToJsonString() ?? saved, now.ToJsonString(), (key, old, current) => $"{key} was {old}, now {current}")];
        if (differences.Length > 0)
        {
            throw new RunException(
                $"The run in {Path.GetDirectoryName(path)} was started with other options ({string.Join("; ", differences)}): " +
                "repeat its command to continue it, or choose another folder.");
        }

        return JsonSerializer.Deserialize(metadata.GetValueOrDefault("progress", "null"), StateJson.Default.RunProgress)
            ?? throw new RunException($"The training state {path} has no counters: it is damaged.");
    }

    private static void Load(IReadOnlyDictionary<string, Tensor> tensors, TrainedNetworks networks, Trainer trainer)
    {
        using var scope = new TensorScope();
        using Torch.Autograd.GradMode mode = Torch.Autograd.GradMode.Off();
        LoadNetworks(tensors, networks);
        trainer.GeneratorOptimizer.LoadState(Part(tensors, "opt_G."));
        trainer.DiscriminatorOptimizer.LoadState(Part(tensors, "opt_D."));
        if (!tensors.TryGetValue(PathLengthMean, out Tensor? mean) || mean.Count != 1)
        {
            throw new RunException($"The training state lacks {PathLengthMean}: it is damaged.");
        }

        trainer.Loss.PathLengthMean.CopyInPlace(mean.Reshape());
    }

    private static Dictionary<string, Tensor> Part(IReadOnlyDictionary<string, Tensor> tensors, string prefix) => tensors
        .Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(t => t.Key[prefix.Length..], t => t.Value);

    private static IEnumerable<NamedTensor> Tensors(TrainedNetworks networks, Trainer trainer)
    {
        static IEnumerable<NamedTensor> Prefixed(string prefix, IEnumerable<NamedTensor> tensors) =>
            tensors.Select(t => new NamedTensor(prefix + t.Name, t.Value));

        return
        [
            .. Prefixed("G.", networks.GeneratorModule.NamedTensors()), .. Prefixed(
                "D.", networks.DiscriminatorModule.NamedTensors()),
            .. Prefixed("G_ema.", networks.AverageModule.NamedTensors()), .. Prefixed(
                "opt_G.", trainer.GeneratorOptimizer.State()),
            .. Prefixed("opt_D.", trainer.DiscriminatorOptimizer.State()), new NamedTensor(
                PathLengthMean, trainer.Loss.PathLengthMean),
        ];
    }

    // Without what a continued run may change, and without paths.
    private static string Decisive(TrainingOptions options)
    {
        TrainingOptions plain = options with
        {
            TotalImages = 0,
            TickImages = 0,
            SnapshotTicks = 0,
            MicroBatch = null,
            StartFrom = null,
            Growth = options.Growth is { } growth
                ? growth with { Levels = [.. growth.Levels.Select(l => l with { TickImages = 0 })] } : null,
            Data = options.Data with { Path = "", Workers = 0 },
        };
        return Text(plain);
    }

    private static string Text(TrainingOptions options) =>
        JsonSerializer.Serialize(options, typeof(TrainingOptions), new OptionsJson(new JsonSerializerOptions(Plain)));

    /// <summary>What two JSON objects differ in.</summary>
    /// <param name="before">One.</param>
    /// <param name="now">The other.</param>
    /// <param name="describe">Puts the path of a value and both values into words.</param>
    internal static IEnumerable<string> Differences(string before, string now, Func<string, string, string, string> describe)
    {
        var old = new Dictionary<string, string>();
        Flatten(JsonNode.Parse(before), "", old);
        var current = new Dictionary<string, string>();
        Flatten(JsonNode.Parse(now), "", current);
        foreach (string key in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            string a = old.GetValueOrDefault(key, "nothing"), b = current.GetValueOrDefault(key, "nothing");
            if (a != b)
            {
                yield return describe(key, a, b);
            }
        }
    }

    private static void Flatten(JsonNode? node, string path, Dictionary<string, string> values)
    {
        if (node is JsonObject parent)
        {
            foreach ((string name, JsonNode? child) in parent)
            {
                Flatten(child, path.Length == 0 ? name : $"{path}.{name}", values);
            }
        }
        else
        {
            values[path] = node?.ToJsonString() ?? "null";
        }
    }
}
