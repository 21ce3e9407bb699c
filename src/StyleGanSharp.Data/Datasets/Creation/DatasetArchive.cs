using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Images.Png;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Writes a zip archive in the field's layout: stored entries <c>00000/img00000000.png</c> with a fixed date, stored pixels, and
/// dataset.json in the end. The same pictures give the same bytes.
/// </summary>
internal sealed class DatasetArchive(Stream stream) : IDisposable
{
    // Zip has no year before 1980.
    private static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
    private readonly List<(string Name, string? Label)> labels = [];

    public int Count => labels.Count;

    public int Unlabelled => labels.Count(l => l.Label is null);

    /// <summary>The entry's content; costly, so done by many threads.</summary>
    public static byte[] Encode(ImageBuffer image) => StoredPng.Encode(image);

    /// <param name="number">Of the picture in its source; numbers of dropped pictures stay unused.</param>
    /// <param name="png">From <see cref="Encode"/>.</param>
    /// <param name="label">JSON, or null.</param>
    public void Add(int number, byte[] png, string? label)
    {
        string digits = number.ToString("D8", CultureInfo.InvariantCulture);
        string name = $"{digits[..5]}/img{digits}.png";
        Write(name, png);
        labels.Add((name, label));
    }

    /// <summary>Writes dataset.json; nothing may be added afterwards.</summary>
    /// <param name="classNames">Names of the classes; written when there are labels.</param>
    /// <param name="facts">How the data set was made; further keys for readers that know them.</param>
    /// <returns>Whether it has labels: all pictures do.</returns>
    public bool Finish(IReadOnlyList<string>? classNames, IEnumerable<KeyValuePair<string, string>> facts)
    {
        bool labelled = labels.Count > 0 && Unlabelled == 0;
        var json = new StringBuilder("{\"labels\": ");
        json.Append(labelled ? $"[{string.Join(", ", labels.Select(l => $"[{Text(l.Name)}, {l.Label}]"))}]" : "null");
        if (labelled && classNames is not null)
        {
            json.Append(CultureInfo.InvariantCulture, $", \"class_names\": [{string.Join(", ", classNames.Select(Text))}]");
        }

        json.Append(CultureInfo.InvariantCulture, $", \"created_with\": {{{string.Join(", ", facts.Select(f => $"{Text(f.Key)}: {Text(f.Value)}"))}}}}}");
        Write(LabelFile.Name, Encoding.UTF8.GetBytes(json.ToString()));
        return labelled;
    }

    public void Dispose() => archive.Dispose();

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    private void Write(string name, byte[] content)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = FixedTime;
        using Stream target = entry.Open();
        target.Write(content);
    }
}
