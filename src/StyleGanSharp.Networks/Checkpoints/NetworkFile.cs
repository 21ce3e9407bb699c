using StyleGanSharp.Networks.Checkpoints.Own;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// The program's own network file: safetensors with the parameter and buffer names of the module and its options in the metadata
/// (docs/formats.md). Equal networks give byte-identical files.
/// </summary>
public static class NetworkFile
{
    private const string Format = "stylegansharp";
    private const string Version = "1";
    private const string ClassNamesKey = "class_names";
    private const string LabelVectorsKey = "label_vectors";
    private const string LevelsKey = "levels";
    private const string Noise = ".noise_const";

    /// <summary>Whether a file begins like a safetensors file.</summary>
    /// <param name="path">The file; it need not exist.</param>
    public static bool IsSafetensors(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            Span<byte> start = stackalloc byte[9];
            using FileStream stream = File.OpenRead(path);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
                && start[8] == '{' && start[..8].IndexOfAnyExcept((byte)0) >= 0 && start[5] == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // The reader for everything else says why.
        }
    }

    /// <summary>Writes a generator; the file is written aside and renamed.</summary>
    /// <param name="path">Target; replaced if it exists.</param>
    /// <param name="generator">A generator of a known family.</param>
    /// <param name="metadata">What else is stored; null: nothing.</param>
    /// <param name="halfSize">
    /// Store weights and noise as float16, half the size; what is read back is rounded to 11 bits. Averages and filters stay
    /// float32.
    /// </param>
    /// <exception cref="ArgumentException">The generator is of no known family, or the metadata does not fit it.</exception>
    public static void Write(string path, IGenerator generator, NetworkMetadata? metadata = null, bool halfSize = false)
    {
        ArgumentNullException.ThrowIfNull(generator);
        metadata ??= NetworkMetadata.None;
        if (metadata.Problem(generator.CDim) is string problem)
        {
            throw new ArgumentException($"The metadata does not fit the network: {problem}.", nameof(metadata));
        }

        NetworkFamily family = NetworkFamilies.Find(generator)
            ?? throw new ArgumentException(
                $"Generators of the kind {generator.GetType()} have no form as safetensors.", nameof(generator));
        var texts = new OrderedDictionary<string, string>
        {
            ["format"] = Format,
            ["format_version"] = Version,
            ["family"] = family.Name,
            ["options"] = family.OptionsText(generator),
        };
        if (metadata.ClassNames.Count > 0)
        {
            texts[ClassNamesKey] = ClassNames.ToText(metadata.ClassNames);
        }

        if (metadata.LabelVectors.Count > 0)
        {
            texts[LabelVectorsKey] = LabelVectors.ToText(metadata.LabelVectors);
        }

        if (metadata.Levels is { } levels)
        {
            texts[LevelsKey] = NetworkMetadata.Text(levels);
        }

        using var scope = new TensorScope();
        Safetensors.Write(path, Stored((Module)generator, halfSize), texts);
    }

    /// <summary>Whether generators of this kind have a form as network files.</summary>
    public static bool CanWrite(IGenerator generator) => NetworkFamilies.Find(generator) is not null;

    /// <summary>Reads a generator.</summary>
    /// <exception cref="SnapshotException">
    /// The file is not a network file of this program, or its options and tensors do not fit.
    /// </exception>
    /// <exception cref="SafetensorsException">It is damaged.</exception>
    public static IGenerator ReadGenerator(string path) => ReadGenerator(path, out _);

    /// <summary>Reads a generator and what the file says about it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">What the file says.</param>
    /// <inheritdoc cref="ReadGenerator(string)"/>
    public static IGenerator ReadGenerator(string path, out NetworkMetadata metadata)
    {
        (IGenerator generator, metadata) = Read(path, (family, options, file) =>
        {
            IGenerator built = family.Build(path, options, file);
            try
            {
                return (built, Metadata(path, file, built.CDim));
            }
            catch
            {
                built.Dispose();
                throw;
            }
        });
        return generator;
    }

    /// <summary>What a network file is, from its header alone.</summary>
    /// <exception cref="SnapshotException">
    /// The file is not a network file of this program, or its options and tensors do not fit.
    /// </exception>
    /// <exception cref="SafetensorsException">It is damaged.</exception>
    internal static NetworkSummary Summarize(string path) =>
        Read(path, (family, options, file) => family.Summarize(path, options, file));

    /// <summary>Checks everything but the values of the tensors.</summary>
    /// <inheritdoc cref="ReadGenerator(string)" path="/exception"/>
    internal static void Check(string path) => Read(path, (family, options, file) =>
    {
        family.Check(path, options, file);
        return true;
    });

    private static NetworkMetadata Metadata(string path, SafetensorsSource file, int labelSize) => new()
    {
        ClassNames = file.Metadata.TryGetValue(ClassNamesKey, out string? names) ? ClassNames.Parse(path, names, labelSize) : [],
        LabelVectors = file.Metadata.TryGetValue(LabelVectorsKey, out string? vectors)
            ? LabelVectors.Parse(path, vectors, labelSize) : [],
        Levels = file.Metadata.TryGetValue(LevelsKey, out string? levels)
            ? NetworkMetadata.ParseLevels(levels)
            ?? throw new SnapshotException(path, "its levels are not four rising boundaries.")
            : null,
    };

    private static IEnumerable<(string Name, Tensor Value)> Stored(Module module, bool halfSize)
    {
        foreach (NamedTensor tensor in module.NamedTensors())
        {
            bool halves = halfSize && (
                OwnTensors.KindOf(tensor.Name) == TensorKind.Parameter || tensor.Name.EndsWith(Noise, StringComparison.Ordinal));
            yield return (tensor.Name, halves ? tensor.Value.Detach().To(DType.Float16) : tensor.Value);
        }
    }

    private static T Read<T>(string path, Func<NetworkFamily, string, SafetensorsSource, T> use)
    {
        try
        {
            using SafetensorsSource file = Safetensors.Open(path);
            (NetworkFamily family, string options) = Head(path, file.Metadata);
            return use(family, options, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SnapshotException(path, $"the file cannot be read ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private static (NetworkFamily Family, string Options) Head(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault("format") != Format)
        {
            throw new SnapshotException(
                path, "this safetensors file was not written by this program, so its architecture is unknown.");
        }

        if (metadata.GetValueOrDefault("format_version") is not Version)
        {
            throw new SnapshotException(
                path, "the file has another format version than 1, the only one that this version reads.");
        }

        string family = metadata.GetValueOrDefault("family", "");
        NetworkFamily known = NetworkFamilies.All.FirstOrDefault(f => f.Name == family)
            ?? throw new SnapshotException(
                path, $"the file's network family is unknown; known are "
                    + $"{string.Join(", ", NetworkFamilies.All.Select(f => f.Name))}.");
        return metadata.TryGetValue("options", out string? options)
            ? (known, options)
            : throw new SnapshotException(path, "the options of the network are missing.");
    }
}
