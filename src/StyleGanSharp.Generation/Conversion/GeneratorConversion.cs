using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Generation.Conversion;

/// <summary>Writes the generator of any readable snapshot in another format.</summary>
public static class GeneratorConversion
{
    private const string Safetensors = ".safetensors";
    private const string Rosinality = ".pt";
    private const long MaxNamesBytes = 1 << 24;

    /// <summary>Converts a file.</summary>
    /// <returns>What the user should know: assumptions, losses, how the file is loaded elsewhere; a sentence each.</returns>
    /// <exception cref="RequestException">The target, the names or the levels do not fit.</exception>
    /// <exception cref="SnapshotException">The source cannot be read.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public static IReadOnlyList<string> Convert(ConversionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(request.Source);
        ArgumentException.ThrowIfNullOrEmpty(request.Target);

        // All that can be said without reading the network comes first.
        string extension = Path.GetExtension(request.Target).ToLowerInvariant();
        RequestException.ThrowIfAny(Problems(request, extension));
        string[]? names = request.ClassNamesFile is null ? null : ReadNames(request.ClassNamesFile);
        GeneratorFile file = GeneratorFile.Open(request.Source);
        using GradMode mode = GradMode.Off();
        using IGenerator generator = file.Load(out NetworkMetadata metadata);
        if (NonFinite.Find(generator) is string broken)
        {
            throw new RequestException(
                "source", request.Source,
                $"the tensor '{broken}' holds values that are not finite; the file is damaged or its training diverged");
        }

        if (extension == Safetensors)
        {
            if (names is not null && ClassNames.Problem(names, generator.CDim) is string problem)
            {
                throw new RequestException("classNames", request.ClassNamesFile, problem);
            }

            if (request.Levels is { } levels && levels.FineLayer >= generator.NumWs)
            {
                throw new RequestException(
                    "levels", NetworkMetadata.Text(levels),
                    $"the network has {generator.NumWs} w layers, so none would be left for the fine level");
            }

            metadata = metadata with { ClassNames = names ?? metadata.ClassNames, Levels = request.Levels ?? metadata.Levels };
            NetworkFile.Write(request.Target, generator, metadata, request.HalfSize);
            return file.Remarks;
        }

        if (RosinalityFile.Obstacle(generator) is string obstacle)
        {
            throw new RequestException("source", request.Source, $"cannot be written as {Rosinality}: {obstacle}");
        }

        AtomicFile.Write(request.Target, stream => RosinalityFile.Write(stream, generator));
        string[] losses = RosinalityFile.Loss(generator) is string loss ? [loss] : [];
        return [.. file.Remarks, .. losses, RosinalityFile.Constructor(generator)];
    }

    private static IEnumerable<OptionProblem> Problems(ConversionRequest request, string extension)
    {
        string target = request.Target;
        if (extension is not (Safetensors or Rosinality))
        {
            yield return new OptionProblem(
                "target", target, $"the format follows from the extension, which must be {Safetensors} or {Rosinality}");
        }

        if (Directory.Exists(target))
        {
            yield return new OptionProblem("target", target, "is a folder");
        }
        else if (File.Exists(target) && !request.Replace)
        {
            yield return new OptionProblem("target", target, "exists already");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(target)) is string folder && !Directory.Exists(folder))
        {
            yield return new OptionProblem("target", target, $"the folder {folder} does not exist");
        }

        if (request.Levels is { IsValid: false } levels)
        {
            yield return new OptionProblem(
                "levels", NetworkMetadata.Text(levels), "the boundaries must rise, the first one at least 1 and 4");
        }

        if (extension == Safetensors)
        {
            yield break;
        }

        if (request.ClassNamesFile is not null)
        {
            yield return new OptionProblem(
                "classNames", request.ClassNamesFile, $"{extension} files have no place for names; write a {Safetensors} file");
        }

        if (request.Levels is not null)
        {
            yield return new OptionProblem(
                "levels", null, $"{extension} files have no place for levels; write a {Safetensors} file");
        }

        if (request.HalfSize)
        {
            yield return new OptionProblem(
                "storage", null, $"{extension} files are written as float32; write a {Safetensors} file");
        }
    }

    private static string[] ReadNames(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxNamesBytes
                ? [.. File.ReadAllLines(path).Select(line => line.Trim())]
                : throw new RequestException(
                    "classNames", path, $"the file has more than {MaxNamesBytes} bytes, so it is not a list of names");
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new RequestException("classNames", path, FileFault.DescribeRead(e, path));
        }
    }
}
