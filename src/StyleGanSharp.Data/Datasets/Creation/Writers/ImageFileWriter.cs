using System.Globalization;
using System.Text;
using System.Text.Json;

namespace StyleGanSharp.Data.Datasets.Creation.Writers;

/// <summary>The field's layout of files: <c>00000/img00000000.png</c>, ..., and dataset.json in the end.</summary>
internal abstract class ImageFileWriter : DatasetWriter
{
    protected abstract void WriteFile(string name, byte[] content);

    protected override string Write(int number, byte[][] encoded)
    {
        string digits = number.ToString("D8", CultureInfo.InvariantCulture);
        string name = $"{digits[..5]}/img{digits}.png";
        WriteFile(name, encoded[0]);
        return name;
    }

    protected override void WriteLabels(IReadOnlyList<string>? classNames, IEnumerable<KeyValuePair<string, string>> facts)
    {
        var json = new StringBuilder("{\"labels\": ");
        json.Append(IsLabelled ? $"[{string.Join(", ", Pictures.Select(l => $"[{Text(l.Name)}, {l.Label}]"))}]" : "null");
        if (IsLabelled && classNames is not null)
        {
            json.Append(CultureInfo.InvariantCulture, $", \"class_names\": [{string.Join(", ", classNames.Select(Text))}]");
        }

        json.Append(CultureInfo.InvariantCulture,
            $", \"created_with\": {{{string.Join(", ", facts.Select(f => $"{Text(f.Key)}: {Text(f.Value)}"))}}}}}");
        WriteFile(LabelFile.Name, Encoding.UTF8.GetBytes(json.ToString()));
    }

    private static string Text(string value) => $"\"{JsonEncodedText.Encode(value)}\"";
}
