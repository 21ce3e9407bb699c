using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>
/// Rows of numbers of real images in a safetensors file. A cache: a file that is damaged or of something else is as good as none.
/// </summary>
internal static class RowsFile
{
    private const string Rows = "rows";
    private const string Key = "key";

    /// <summary>Writes rows; the file is complete or is not there.</summary>
    internal static void Write(string path, string key, Tensor rows)
    {
        using var scope = new TensorScope();
        Safetensors.Write(path, [(Rows, rows.Contiguous())], new Dictionary<string, string> { [Key] = key });
    }

    /// <summary>Reads rows.</summary>
    /// <returns>[count, size] float32; null when there is no such file, or it is damaged, or of something else.</returns>
    internal static Tensor? Read(string path, string key, int count, int size)
    {
        // The size is known, so a file that claims another one never gets memory.
        long largest = ((long)count * size * sizeof(float)) + (1 << 20);
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > largest)
            {
                return null;
            }

            using SafetensorsFile file = Safetensors.Read(path);
            return file.Metadata.GetValueOrDefault(Key) == key && file.Tensors.TryGetValue(Rows, out Tensor? rows)
                && rows.DType == DType.Float32 && rows.Shape.SequenceEqual([count, size]) && rows.AllFinite()
                ? rows.Clone() // The file's tensors go with it.
                : null;
        }
        catch (Exception e) when (e is SafetensorsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
