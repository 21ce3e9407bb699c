using StyleGanSharp.Data.Datasets.TfRecords;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>Chooses the reader by the name of a source.</summary>
internal static class PictureSources
{
    /// <exception cref="DatasetException">The source cannot be read.</exception>
    public static IPictureSource Open(string path, DatasetCreationOptions options)
    {
        LabelSource labels = options.Labels;
        string name = Path.GetFileName(path);
        if (!Directory.Exists(path) && name.Contains("-idx3-ubyte", StringComparison.Ordinal))
        {
            return new IdxSource(path, labels);
        }

        if (!Directory.Exists(path) && (name.EndsWith(".tar.gz", StringComparison.Ordinal) || name.EndsWith(".tgz", StringComparison.Ordinal)))
        {
            return new CifarSource(path, labels);
        }

        return RecordSet.IsAt(path) ? new RecordSource(path, labels) : new StoreSource(path, labels);
    }
}
