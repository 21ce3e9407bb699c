namespace StyleGanSharp.Torch.Tests.IO;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("stylegan-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal string File(string name) => Path.Combine(Root, name);
}
