using System.Globalization;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection.Tuning;

/// <summary>
/// The difference between a tuned network and the one it came from, with the latents it was tuned for: a small file instead of a
/// second network. Owns its tensors.
/// </summary>
public sealed class TunedModel : IDisposable
{
    private const string KindKey = "kind";
    private const string Kind = "stylegan-tuning-1";
    private const string BaseKey = "base";
    private const string PivotsName = "pivots";
    private const string FullPrefix = "full.";
    private const string LeftPrefix = "left.";
    private const string RightPrefix = "right.";
    private const string ErrorPrefix = "error.";

    internal TunedModel(string fingerprint, Tensor pivots, IReadOnlyDictionary<string, WeightDifference> differences) =>
        (BaseFingerprint, Pivots, Differences) = (fingerprint, pivots, differences);

    /// <summary><see cref="NetworkFingerprint"/> of the network that it belongs to.</summary>
    public string BaseFingerprint { get; }

    /// <summary>Latents that show the images, with the stored noise, [N, NumWs, WDim] float32 on the CPU.</summary>
    public Tensor Pivots { get; }

    /// <summary>Changes by name of the tensor; unchanged ones are left out.</summary>
    public IReadOnlyDictionary<string, WeightDifference> Differences { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <exception cref="ProjectionFileException">It is something else, or damaged.</exception>
    /// <exception cref="SafetensorsException">It is no safetensors file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TunedModel Load(string path)
    {
        using SafetensorsSource source = Safetensors.Open(path);
        if (source.Metadata.GetValueOrDefault(KindKey) != Kind)
        {
            throw new ProjectionFileException(path, "is not a tuned model that this version can read");
        }

        ProjectionFileException Damaged(string problem) => new(path, $"is damaged: {problem}");
        if (source.Metadata.GetValueOrDefault(BaseKey) is not { Length: 64 } fingerprint
            || !fingerprint.All(char.IsAsciiHexDigitLower))
        {
            throw Damaged("it does not name the network it belongs to");
        }

        if (source.Entries.GetValueOrDefault(PivotsName) is not { Shape.Count: 3 })
        {
            throw Damaged($"it has no '{PivotsName}' of three dimensions");
        }

        string[] names = [.. source.Entries.Keys.Where(n => n != PivotsName).Select(Stem).Distinct()];
        if (source.Entries.Values.FirstOrDefault(e => e.Type != DType.Float32) is SafetensorsEntry odd)
        {
            throw Damaged($"'{odd.Name}' is of type {odd.Type} instead of {DType.Float32}");
        }

        if (names.FirstOrDefault(n => !IsComplete(source.Entries, n)) is string lost)
        {
            throw Damaged($"'{lost}' is neither one tensor nor a product of two matrices that fit");
        }

        var differences = new Dictionary<string, WeightDifference>();
        Tensor? pivots = null;
        try
        {
            Tensor Read(string name)
            {
                using var scope = new TensorScope();
                Tensor value = source.Read(name);
                return value.AllFinite() ? value.Own() : throw Damaged($"'{name}' has values that are not finite");
            }

            pivots = Read(PivotsName);
            foreach (string name in names)
            {
                differences.Add(name, source.Entries.ContainsKey(FullPrefix + name)
                    ? new WeightDifference(Read(FullPrefix + name))
                    : ReadProduct(source, name, Read));
            }

            return new TunedModel(fingerprint, pivots, differences);
        }
        catch
        {
            pivots?.Dispose();
            differences.Values.ToList().ForEach(d => d.Dispose());
            throw;
        }
    }

    /// <summary>Writes a safetensors file.</summary>
    /// <param name="path">Target file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var tensors = new List<(string, Tensor)> { (PivotsName, Pivots) };
        var metadata = new Dictionary<string, string> { [KindKey] = Kind, [BaseKey] = BaseFingerprint };
        foreach ((string name, WeightDifference difference) in Differences)
        {
            if (difference.Full is Tensor full)
            {
                tensors.Add((FullPrefix + name, full));
                continue;
            }

            tensors.Add((LeftPrefix + name, difference.Left!));
            tensors.Add((RightPrefix + name, difference.Right!));
            metadata[ErrorPrefix + name] = difference.RelativeError.ToString("R", CultureInfo.InvariantCulture);
        }

        Safetensors.Write(path, tensors, metadata);
    }

    /// <summary>Tunes a network until the result is disposed.</summary>
    /// <param name="generator">The network that the model belongs to, as it is in its file; stays the caller's.</param>
    /// <exception cref="ArgumentException">It is another network, or tensors do not fit; nothing was changed.</exception>
    public AppliedTuning Apply(IGenerator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Module module = NetworkFingerprint.Weights(generator);
        if (NetworkFingerprint.Of(generator) != BaseFingerprint)
        {
            throw new ArgumentException(
                "The tuned model belongs to another network, or this one is tuned already: open the network that it was made with.",
                nameof(generator));
        }

        var own = module.NamedParameters().ToDictionary(p => p.Name, p => p.Value);
        if (Differences.FirstOrDefault(d => !own.TryGetValue(d.Key, out Tensor? value) || !d.Value.Fits(value.Shape))
            is { Key: string odd })
        {
            throw new ArgumentException($"The tuned model changes '{odd}', which the network lacks in this shape.",
                nameof(generator));
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var before = Differences.Keys.ToDictionary(name => name, name => own[name].Detach().Clone().Own());
        AppliedTuning.Write(module, Differences.ToDictionary(
            d => d.Key, d => before[d.Key] + d.Value.Expand(before[d.Key].Shape).To(before[d.Key].Device)));
        return new AppliedTuning(module, before);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Pivots.Dispose();
        foreach (WeightDifference difference in Differences.Values)
        {
            difference.Dispose();
        }
    }

    private static WeightDifference ReadProduct(SafetensorsSource source, string name, Func<string, Tensor> read)
    {
        bool known = double.TryParse(
            source.Metadata.GetValueOrDefault(ErrorPrefix + name), NumberStyles.Float, CultureInfo.InvariantCulture,
                out double error);
        Tensor left = read(LeftPrefix + name);
        try
        {
            return new WeightDifference(left, read(RightPrefix + name), known && error is >= 0 and <= 1 ? error : double.NaN);
        }
        catch
        {
            left.Dispose();
            throw;
        }
    }

    private static string Stem(string name) =>
        new[] { FullPrefix, LeftPrefix, RightPrefix }.FirstOrDefault(p => name.StartsWith(p,
            StringComparison.Ordinal)) is string prefix
            ? name[prefix.Length..]
            : name;

    // Either as it is, or as [Rows, Rank] and [Rank, Columns], not both. Products are multiplied out for tensors of a network
    // only.
    private static bool IsComplete(IReadOnlyDictionary<string, SafetensorsEntry> entries, string name)
    {
        SafetensorsEntry? full = entries.GetValueOrDefault(FullPrefix + name),
            left = entries.GetValueOrDefault(LeftPrefix + name),
            right = entries.GetValueOrDefault(RightPrefix + name);
        return !entries.ContainsKey(name) && (full is not null
            ? left is null && right is null
            : left?.Shape is [_, long rank] && right?.Shape is [long same, _] && rank == same && rank > 0);
    }
}
