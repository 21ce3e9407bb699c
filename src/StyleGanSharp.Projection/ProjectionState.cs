using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Projection;

/// <summary>
/// The file of an unfinished projection: latents, noise, the optimizer's averages and the losses so far. Draws are derived from
/// the step, so there is no generator state.
/// </summary>
internal static class ProjectionState
{
    private const string KindKey = "kind";
    private const string Kind = "stylegan-projection-1";
    private const string IdentityKey = "identity";
    private const string StepKey = "step";
    private const string SkippedKey = "skipped";
    private const string LatentsName = "w";
    private const string NoisePrefix = "noise.";
    private const string AdamPrefix = "adam.";
    private const string LossesName = "losses";

    /// <summary>Hash of everything that decides what a projection does.</summary>
    internal static string Identity(
        IGenerator generator, IPerceptualSpace? space, Tensor targets, ProjectionOptions options, Tensor? label, Tensor? startWs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string network = generator is Module ? NetworkFingerprint.Of(generator) : generator.GetType().Name;
        hash.AppendData(Encoding.UTF8.GetBytes($"{network}\n{space?.Name}\n{JsonSerializer.Serialize(options)}\n"));
        NetworkFingerprint.Append(hash, "targets", targets);
        foreach ((string name, Tensor? value) in new[] { ("label", label), ("start", startWs) })
        {
            if (value is not null)
            {
                NetworkFingerprint.Append(hash, name, value);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static void Save(ProjectionRun run, string path)
    {
        using var scope = new TensorScope();
        double[] losses = [.. run.Losses];
        Safetensors.Write(
            path,
            [
                (LatentsName, run.Latents),
                .. run.Noise.Select(n => (NoisePrefix + n.Key, n.Value)),
                .. run.Adam.State().Select(s => (AdamPrefix + s.Name, s.Value)),
                (LossesName, Tensor.From(losses, [losses.Length])),
            ],
            new Dictionary<string, string>
            {
                [KindKey] = Kind,
                [IdentityKey] = run.Identity,
                [StepKey] = run.Step.ToString(CultureInfo.InvariantCulture),
                [SkippedKey] = run.Skipped.ToString(CultureInfo.InvariantCulture),
            });
    }

    internal static void Load(ProjectionRun run, string path)
    {
        using SafetensorsSource source = Safetensors.Open(path);
        if (source.Metadata.GetValueOrDefault(KindKey) != Kind)
        {
            throw new ProjectionFileException(path, "is not the state of a projection that this version can read");
        }

        if (source.Metadata.GetValueOrDefault(IdentityKey) != run.Identity)
        {
            throw new ProjectionFileException(
                path, "belongs to a projection of another network, of other images or with other settings: use these, or delete the "
                    + "file to start over");
        }

        int step = Count(source, path, StepKey, run.Options.Steps), skipped = Count(source, path, SkippedKey, run.Options.Steps);
        var expected = Expected(run, step).ToDictionary();
        foreach ((string name, (DType type, long[] shape)) in expected)
        {
            if (!source.Entries.TryGetValue(name, out SafetensorsEntry? entry) || entry.Type != type
                || !entry.Shape.SequenceEqual(shape))
            {
                throw new ProjectionFileException(path, $"is damaged: it has no {type} '{name}' of shape {Shape.Format(shape)}");
            }
        }

        if (source.Entries.Count != expected.Count)
        {
            throw new ProjectionFileException(path, "is damaged: it has tensors that do not belong to a projection");
        }

        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var values = expected.Keys.ToDictionary(name => name, source.Read);
        if (values.Any(v => v.Value.Dim == 0 ? v.Value.ToArray<long>()[0] != step : !v.Value.AllFinite()))
        {
            throw new ProjectionFileException(path, $"is damaged: its values do not belong to step {step}");
        }

        run.Adam.LoadState(values.Where(v => v.Key.StartsWith(AdamPrefix, StringComparison.Ordinal))
            .ToDictionary(v => v.Key[AdamPrefix.Length..], v => v.Value));
        run.Latents.CopyInPlace(values[LatentsName]);
        foreach ((string name, Tensor noise) in run.Noise)
        {
            noise.CopyInPlace(values[NoisePrefix + name]);
        }

        run.Restore(step, skipped, values[LossesName].ToArray<double>());
    }

    private static int Count(SafetensorsSource source, string path, string key, int most) =>
        int.TryParse(source.Metadata.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            && value <= most
            ? value
            : throw new ProjectionFileException(path, $"is damaged: its '{key}' is not a number from 0 to {most}");

    // Every tensor that a state after so many steps has, with type and shape.
    private static IEnumerable<KeyValuePair<string, (DType Type, long[] Shape)>> Expected(ProjectionRun run, int step)
    {
        static KeyValuePair<string, (DType, long[])> Entry(string name, DType type, params long[] shape) =>
            new(name, (type, shape));

        yield return Entry(LossesName, DType.Float64, step);
        foreach (NamedTensor parameter in run.Adam.Parameters)
        {
            long[] shape = parameter.Value.Shape.ToArray();
            yield return Entry(parameter.Value == run.Latents ? LatentsName : NoisePrefix + parameter.Name, DType.Float32, shape);
            if (step > 0)
            {
                yield return Entry($"{AdamPrefix}step.{parameter.Name}", DType.Int64);
                yield return Entry($"{AdamPrefix}square.{parameter.Name}", DType.Float32, shape);
                yield return Entry($"{AdamPrefix}mean.{parameter.Name}", DType.Float32, shape);
            }
        }
    }
}
