using StyleGanSharp.Data.Files;
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
    /// <param name="source">Any readable snapshot; nothing in it is executed.</param>
    /// <param name="target">The file to write: .safetensors, or .pt for the layout of rosinality's StyleGAN2.</param>
    /// <param name="replace">Replace the target if it exists.</param>
    /// <param name="namesFile">Text file with one class name a line, to store in a .safetensors file; null: the source's own names.</param>
    /// <returns>What the user should know: assumptions, losses, how the file is loaded elsewhere; a sentence each.</returns>
    /// <exception cref="RequestException">The target or the names do not fit.</exception>
    /// <exception cref="SnapshotException">The source cannot be read.</exception>
    /// <exception cref="IOException">The target cannot be written.</exception>
    public static IReadOnlyList<string> Convert(string source, string target, bool replace, string? namesFile = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        ArgumentException.ThrowIfNullOrEmpty(target);

        // All that can be said without reading the network comes first.
        string extension = Path.GetExtension(target).ToLowerInvariant();
        RequestException.ThrowIfAny(TargetProblems(target, extension, replace, namesFile));
        string[]? names = namesFile is null ? null : ReadNames(namesFile);
        GeneratorFile file = GeneratorFile.Open(source);
        using GradMode mode = GradMode.Off();
        using IGenerator generator = file.Load(out IReadOnlyList<string> ownNames);
        if (NonFinite.Find(generator) is string broken)
        {
            throw new RequestException("source", source, $"the tensor '{broken}' holds values that are not finite; the file is damaged or its training diverged");
        }

        if (extension == Safetensors)
        {
            if (names is not null && ClassNames.Problem(names, generator.CDim) is string problem)
            {
                throw new RequestException("classNames", namesFile, problem);
            }

            NetworkFile.Write(target, generator, names ?? ownNames, file.LabelVectors);
            return file.Remarks;
        }

        if (RosinalityFile.Obstacle(generator) is string obstacle)
        {
            throw new RequestException("source", source, $"cannot be written as {Rosinality}: {obstacle}");
        }

        AtomicFile.Write(target, stream => RosinalityFile.Write(stream, generator));
        string[] losses = RosinalityFile.Loss(generator) is string loss ? [loss] : [];
        return [.. file.Remarks, .. losses, RosinalityFile.Constructor(generator)];
    }

    private static IEnumerable<RequestProblem> TargetProblems(string target, string extension, bool replace, string? namesFile)
    {
        if (extension is not (Safetensors or Rosinality))
        {
            yield return new RequestProblem("target", target, $"the format follows from the extension, which must be {Safetensors} or {Rosinality}");
        }

        if (Directory.Exists(target))
        {
            yield return new RequestProblem("target", target, "is a folder");
        }
        else if (File.Exists(target) && !replace)
        {
            yield return new RequestProblem("target", target, "exists already");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(target)) is string folder && !Directory.Exists(folder))
        {
            yield return new RequestProblem("target", target, $"the folder {folder} does not exist");
        }

        if (namesFile is not null && extension != Safetensors)
        {
            yield return new RequestProblem("classNames", namesFile, $"{extension} files have no place for names; write a {Safetensors} file");
        }
    }

    private static string[] ReadNames(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxNamesBytes
                ? [.. File.ReadAllLines(path).Select(line => line.Trim())]
                : throw new RequestException("classNames", path, $"the file has more than {MaxNamesBytes} bytes, so it is not a list of names");
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new RequestException("classNames", path, FileFault.DescribeRead(e, path));
        }
    }
}
