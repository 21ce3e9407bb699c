using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>
/// The files of a multi-resolution data set of the field's older tools: NAME-rLL.tfrecords, LL being the logarithm of the side,
/// from 4x4 up, and NAME-rxx.labels. A single file is a set of one level; files of other tools may hold encoded images.
/// </summary>
internal sealed partial class RecordSet : IDisposable
{
    private static readonly string[] Endings = [".tfrecords", ".tfrecord", ".tfrec"];

    // A first record that is damaged must not decide about a file.
    private const int MaxTriedForShape = 16;
    private const int MostFeatures = 8;

    private readonly List<RecordLevel> levels = [];
    private readonly List<string> useless = [];

    private RecordSet(string path)
    {
        Path = path;
    }

    /// <summary>The folder or file.</summary>
    public string Path { get; }

    /// <summary>The level of the largest images.</summary>
    public RecordLevel Full => levels[^1];

    /// <summary>All levels, in ascending order of their sides.</summary>
    public IReadOnlyList<RecordLevel> Levels => levels;

    /// <summary>The file of labels; null where there is none.</summary>
    public string? LabelPath { get; private set; }

    /// <summary>Whether a path is such a file or a folder with such files.</summary>
    public static bool IsAt(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path).Any(IsNamed)
        : IsNamed(path) && File.Exists(path);

    /// <summary>Opens all files.</summary>
    /// <exception cref="DatasetException">
    /// A file cannot be read, no record can, or two files have the same resolution.
    /// </exception>
    public static RecordSet Open(string path)
    {
        var set = new RecordSet(path);
        try
        {
            set.Load();
            return set;
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            set.Dispose();
            throw new DatasetException(path, FileFault.DescribeRead(exception, path), exception);
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Why the set is incomplete, as one sentence; null when it is complete: levels from 4x4 up have as many records as the full
    /// resolution, or there is only that one.
    /// </summary>
    public string? Incomplete()
    {
        if (useless.Count > 0)
        {
            return useless[0];
        }

        RecordLevel full = Full;
        if (levels.Count == 1 || full.Shape.Width != full.Shape.Height || !BitOperations.IsPow2(full.Shape.Width))
        {
            return null;
        }

        for (int side = 4; side < full.Shape.Width; side *= 2)
        {
            RecordLevel? level = AtSide(side);
            if (level is null)
            {
                return $"{Path} has no records of {side}x{side}, but some of {levels[0].Shape.Width}x{levels[0].Shape.Width} and "
                    + $"{full.Shape.Width}x{full.Shape.Width}: copy the missing file, or keep only the largest one.";
            }

            if (level.Count != full.Count || level.Shape.Channels != full.Shape.Channels)
            {
                return $"{level.Path} has {level.Count} images of {level.Shape.Channels} channels, "
                    + $"but {full.Path} has {full.Count} of "
                    + $"{full.Shape.Channels}: copy the files again, or keep only the largest one.";
            }
        }

        return null;
    }

    /// <summary>The level of a side; null where there is none.</summary>
    public RecordLevel? AtSide(int side) => levels.Find(l => l.Shape.Width == side && l.Shape.Height == side);

    public void Dispose() => levels.ForEach(l => l.Dispose());

    [GeneratedRegex(@"^(.*)-r(\d\d)$")]
    private static partial Regex LevelName();

    private void Load()
    {
        bool isFolder = Directory.Exists(Path);
        string[] files = isFolder ? [.. Directory.GetFiles(Path).Where(IsNamed)] : [Path];
        Array.Sort(files, string.CompareOrdinal);
        string[] labels = isFolder ? Directory.GetFiles(Path, "*.labels") : [LabelsOf(Path)];
        Array.Sort(labels, string.CompareOrdinal);
        LabelPath = labels.FirstOrDefault(File.Exists);
        int largestUseless = 0;
        foreach (string file in files)
        {
            RecordFile records = RecordFile.Open(file);
            int side = DeclaredSide(file);
            if (LevelOf(records, side) is { } level)
            {
                Add(level);
            }
            else
            {
                useless.Add(records.Count == 0
                    ? $"{file} holds no records: copy it again, or make the data set anew."
                    : $"{file} holds no readable image{(side > 0 ? $" of {side}x{side}" : "")}, "
                        + $"its first record {WhyNot(records)}.");
                largestUseless = Math.Max(largestUseless, side);
                records.Dispose();
            }
        }

        levels.Sort((a, b) => a.Shape.Bytes.CompareTo(b.Shape.Bytes));
        if (levels.Count == 0 || largestUseless > Full.Shape.Width)
        {
            throw new DatasetException(Path, useless.Count > 0 ? useless[^1] : $"{Path} holds no records.");
        }
    }

    private void Add(RecordLevel level)
    {
        levels.Add(level);
        if (levels.Find(l =>
            l != level && (l.Shape.Width, l.Shape.Height) == (level.Shape.Width, level.Shape.Height)) is { } duplicate)
        {
            throw new DatasetException(
                Path,
                $"{Path} holds two files of {level.Shape.Width}x{level.Shape.Height}, "
                    + $"{System.IO.Path.GetFileName(duplicate.Path)} and "
                + $"{System.IO.Path.GetFileName(level.Path)}: put every data set into a folder of its own.");
        }
    }

    private static int DeclaredSide(string file) =>
        LevelName().Match(System.IO.Path.GetFileNameWithoutExtension(file)) is { Success: true } match
        && int.Parse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is <= 14 and var level
            ? 1 << level
            : 0;

    private static string LabelsOf(string file)
    {
        Match match = LevelName().Match(System.IO.Path.GetFileNameWithoutExtension(file));
        string name = match.Success
            ? $"{match.Groups[1].Value}-rxx.labels" : System.IO.Path.GetFileNameWithoutExtension(file) + ".labels";
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(file) ?? "", name);
    }

    private static bool IsNamed(string file) =>
        Endings.Any(e => file.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            && !HiddenFiles.Contains(System.IO.Path.GetFileName(file));

    /// <summary>
    /// The level of a file by its first readable record: of the side that the name promises where it promises one. Names of sets
    /// that are not square promise neither side.
    /// </summary>
    private static RecordLevel? LevelOf(RecordFile records, int side)
    {
        var buffer = new ReadBuffer();
        for (int i = 0; i < Math.Min(records.Count, MaxTriedForShape); i++)
        {
            try
            {
                ReadOnlySpan<byte> content = records.Read(i, buffer);
                if (RawShape(content) is { } shape)
                {
                    if (side == 0 || shape.Width == side || shape.Width != shape.Height)
                    {
                        return new RecordLevel(records, shape);
                    }
                }
                else if (PictureExample.FindEncoded(content, out string feature) is { IsEmpty: false } encoded)
                {
                    ImageInfo info = ImageFile.Identify(encoded, records.Describe(i));
                    return new RecordLevel(records, new PlanarShape(info.Channels, info.Height, info.Width), feature);
                }
            }
            catch (Exception exception) when (exception is InvalidDataException or ImageException)
            {
                // The next one may be whole.
            }
        }

        return null;
    }

    private static PlanarShape? RawShape(ReadOnlySpan<byte> content)
    {
        try
        {
            PictureExample.Parse(content, out PlanarShape shape);
            return shape;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string WhyNot(RecordFile records)
    {
        const string Copy = ": copy the file again, or make the data set anew";
        ReadOnlySpan<byte> content;
        var buffer = new ReadBuffer();
        try
        {
            content = records.Read(0, buffer);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message + Copy;
        }

        try
        {
            PictureExample.Parse(content, out PlanarShape shape);
            return $"has the shape {shape}{Copy}";
        }
        catch (InvalidDataException exception)
        {
            string[] features = Features(content);
            return features.Length == 0 ? exception.Message + Copy
                : $"{exception.Message} (it has the features {string.Join(", ", features)}): only 'shape' with 'data', "
                    + $"and encoded images, are read";
        }
    }

    private static string[] Features(ReadOnlySpan<byte> content)
    {
        try
        {
            return [.. PictureExample.Features(content).Take(MostFeatures)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
