using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Cli.Benchmarks;

/// <summary>A folder among the system's temporary ones that is removed with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Creates it.</summary>
    /// <exception cref="UserException">The folder of temporary files is not there or cannot be written.</exception>
    internal TemporaryFolder()
    {
        try
        {
            Folder = Directory.CreateTempSubdirectory("stylegan-bench-").FullName;
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new UserException(
                $"The folder for temporary files, {Path.GetTempPath()}, cannot be written "
                    + $"({e.Message.Split('\n')[0].TrimEnd('.')}): "
                + "name another one in the environment variable TMPDIR (TEMP on Windows).");
        }
    }

    /// <summary>Its path.</summary>
    internal string Folder { get; }

    /// <summary>The path of a file in it.</summary>
    internal string File(string name) => Path.Combine(Folder, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            // Nothing to do about it; the system clears its temporary files by itself.
        }
    }
}
