using StyleGanSharp.Data.Files;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Conversion;

/// <summary>Writes the generator of a file in another format.</summary>
internal static class ConvertJob
{
    private const long MaxNamesBytes = 1 << 24;

    internal static void Run(string source, string target, bool force, string? namesFile, CommandOutput output)
    {
        // All that can be said without reading the network comes first.
        string extension = Path.GetExtension(target).ToLowerInvariant();
        if (extension is not (".safetensors" or ".pt"))
        {
            throw new UserException($"{target}: the format follows from the extension, which must be .safetensors or .pt.");
        }

        if (Directory.Exists(target))
        {
            throw new UserException($"{target} is a folder.");
        }

        if (File.Exists(target) && !force)
        {
            throw new UserException($"{target} exists already: give --force to replace it.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(target)) is string folder && !Directory.Exists(folder))
        {
            throw new UserException($"{target}: the folder {folder} does not exist.");
        }

        if (namesFile is not null && extension != ".safetensors")
        {
            throw new UserException($"--class-names {namesFile}: {extension} files have no place for names; write a .safetensors file.");
        }

        string[]? names = namesFile is null ? null : ReadNames(namesFile);
        GeneratorFile file = GeneratorFile.Open(source);
        using GradMode mode = GradMode.Off();
        using IGenerator generator = file.Load(out IReadOnlyList<string> ownNames);
        foreach (string remark in file.Remarks)
        {
            output.Say(remark);
        }

        if (NonFinite.Find(generator) is string broken)
        {
            throw new UserException($"{source}: the tensor '{broken}' holds values that are no finite numbers; the file is damaged or its training diverged.");
        }

        if (extension == ".safetensors")
        {
            if (names is not null && ClassNames.Problem(names, generator.CDim) is string problem)
            {
                throw new UserException($"--class-names {namesFile}: {problem}.");
            }

            NetworkFile.Write(target, generator, names ?? ownNames, file.LabelVectors);
        }
        else if (RosinalityFile.Obstacle(generator) is string obstacle)
        {
            throw new UserException($"{source} cannot be written as .pt: {obstacle}.");
        }
        else
        {
            AtomicFile.Write(target, stream => RosinalityFile.Write(stream, generator));
            if (RosinalityFile.Loss(generator) is string loss)
            {
                output.Say(loss);
            }

            output.Say(RosinalityFile.Constructor(generator));
        }

        output.Say($"The generator is in {target}.");
    }

    private static string[] ReadNames(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxNamesBytes
                ? [.. File.ReadAllLines(path).Select(line => line.Trim())]
                : throw new UserException($"--class-names {path}: the file has more than {MaxNamesBytes} bytes, so it is no list of names.");
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new UserException($"--class-names {FileFault.DescribeRead(e, path)}");
        }
    }
}
