using StyleGanSharp.Networks.Checkpoints.Own;
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
    /// <param name="classNames">Names of its classes, one for each; null or empty: none are stored.</param>
    /// <param name="labelVectors">Some label vectors of its training data, where these are no classes (<see cref="LabelVectors"/>).</param>
    /// <exception cref="ArgumentException">The generator is of no known family, or names or vectors do not fit it.</exception>
    public static void Write(
        string path, IGenerator generator, IReadOnlyList<string>? classNames = null, IReadOnlyList<float[]>? labelVectors = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (classNames is { Count: > 0 } && ClassNames.Problem(classNames, generator.CDim) is string problem)
        {
            throw new ArgumentException($"The class names do not fit: {problem}.", nameof(classNames));
        }

        if (labelVectors is { Count: > 0 } && LabelVectors.Problem(labelVectors, generator.CDim) is string wrong)
        {
            throw new ArgumentException($"The label vectors do not fit: {wrong}.", nameof(labelVectors));
        }

        foreach (NetworkFamily family in NetworkFamilies.All)
        {
            if (family.Options(generator) is string options)
            {
                var metadata = new OrderedDictionary<string, string>
                {
                    ["format"] = Format,
                    ["format_version"] = Version,
                    ["family"] = family.Name,
                    ["options"] = options,
                };
                if (classNames is { Count: > 0 })
                {
                    metadata[ClassNamesKey] = ClassNames.ToText(classNames);
                }

                if (labelVectors is { Count: > 0 })
                {
                    metadata[LabelVectorsKey] = LabelVectors.ToText(labelVectors);
                }

                Safetensors.Write(path, ((Module)generator).NamedTensors().Select(t => (t.Name, t.Value)), metadata);
                return;
            }
        }

        throw new ArgumentException($"Generators of the kind {generator.GetType()} have no form as safetensors.", nameof(generator));
    }

    /// <summary>Whether generators of this kind have a form as network files.</summary>
    public static bool CanWrite(IGenerator generator) => Array.Exists(NetworkFamilies.All, family => family.Options(generator) is not null);

    /// <summary>Reads a generator.</summary>
    /// <exception cref="SnapshotException">The file is no network file of this program, or its options and tensors do not fit.</exception>
    /// <exception cref="SafetensorsException">It is damaged.</exception>
    public static IGenerator ReadGenerator(string path) => ReadGenerator(path, out _);

    /// <summary>Reads a generator and the names of its classes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classNames">One for each class; empty where the file has none.</param>
    /// <inheritdoc cref="ReadGenerator(string)"/>
    public static IGenerator ReadGenerator(string path, out IReadOnlyList<string> classNames) => ReadGenerator(path, out classNames, out _);

    /// <summary>Reads a generator, the names of its classes and a sample of its label vectors.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classNames">One for each class; empty where the file has none.</param>
    /// <param name="labelVectors">Empty where the labels are classes, or the file does not say.</param>
    /// <inheritdoc cref="ReadGenerator(string)"/>
    public static IGenerator ReadGenerator(string path, out IReadOnlyList<string> classNames, out IReadOnlyList<float[]> labelVectors)
    {
        (IGenerator generator, classNames, labelVectors) = Read(path, (family, options, file) =>
        {
            IGenerator built = family.Build(path, options, file);
            try
            {
                IReadOnlyList<string> names =
                    file.Metadata.TryGetValue(ClassNamesKey, out string? text) ? ClassNames.Parse(path, text, built.CDim) : [];
                IReadOnlyList<float[]> vectors =
                    file.Metadata.TryGetValue(LabelVectorsKey, out text) ? LabelVectors.Parse(path, text, built.CDim) : [];
                return (built, names, vectors);
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
    /// <exception cref="SnapshotException">The file is no network file of this program, or its options and tensors do not fit.</exception>
    /// <exception cref="SafetensorsException">It is damaged.</exception>
    internal static NetworkSummary Summarize(string path) => Read(path, (family, options, file) => family.Summarize(path, options, file));

    /// <summary>Checks everything but the values of the tensors.</summary>
    /// <inheritdoc cref="ReadGenerator(string)" path="/exception"/>
    internal static void Check(string path) => Read(path, (family, options, file) =>
    {
        family.Check(path, options, file);
        return true;
    });

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
            throw new SnapshotException(path, "this safetensors file was not written by this program, so its architecture is unknown.");
        }

        if (metadata.GetValueOrDefault("format_version") is not Version)
        {
            throw new SnapshotException(path, "the file has another format version than 1, the only one that this version reads.");
        }

        string family = metadata.GetValueOrDefault("family", "");
        NetworkFamily known = Array.Find(NetworkFamilies.All, f => f.Name == family)
            ?? throw new SnapshotException(
                path, $"the file's network family is unknown; known are {string.Join(", ", NetworkFamilies.All.Select(f => f.Name))}.");
        return metadata.TryGetValue("options", out string? options)
            ? (known, options)
            : throw new SnapshotException(path, "the options of the network are missing.");
    }
}
