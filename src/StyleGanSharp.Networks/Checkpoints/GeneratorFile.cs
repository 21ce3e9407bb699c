namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>A file that holds a generator, in any readable format.</summary>
public sealed class GeneratorFile
{
    private readonly SnapshotFile? snapshot;

    private GeneratorFile(string path, SnapshotFile? snapshot) => (Path, this.snapshot) = (path, snapshot);

    /// <summary>The file as the caller named it.</summary>
    public string Path { get; }

    /// <summary>
    /// What was assumed when the generator was loaded, one sentence each: noise that the file lacks, a network of another name.
    /// </summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    /// <summary>Opens a snapshot or a network file of this program; libtorch is not needed yet.</summary>
    /// <exception cref="SnapshotException">The file is missing, damaged, something else, or asks for foreign code.</exception>
    /// <exception cref="Torch.IO.SafetensorsException">It is a damaged safetensors file.</exception>
    public static GeneratorFile Open(string path)
    {
        if (!NetworkFile.IsSafetensors(path))
        {
            return new GeneratorFile(path, SnapshotFile.Read(path));
        }

        NetworkFile.Check(path);
        return new GeneratorFile(path, null);
    }

    /// <summary>Builds the generator that images are made with.</summary>
    /// <exception cref="SnapshotException">It is missing, of an unknown kind, or its tensors do not fit its options.</exception>
    public IGenerator Load() => Load(out _);

    /// <summary>Builds the generator that images are made with, and tells what its file says about it.</summary>
    /// <param name="metadata">Empty for snapshots of other programs.</param>
    /// <inheritdoc cref="Load()"/>
    public IGenerator Load(out NetworkMetadata metadata)
    {
        if (snapshot is null)
        {
            return NetworkFile.ReadGenerator(Path, out metadata);
        }

        metadata = NetworkMetadata.None;
        var remarks = new List<string>();
        IGenerator generator = NetworkLoader.LoadGenerator(snapshot, remarks: remarks);
        Remarks = remarks;
        return generator;
    }
}
