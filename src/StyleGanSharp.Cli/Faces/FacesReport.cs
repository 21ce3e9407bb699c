using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Faces;
using StyleGanSharp.Generation.Text;

namespace StyleGanSharp.Cli.Faces;

/// <summary>The faces of one image.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Width">Columns, after the EXIF orientation is applied.</param>
/// <param name="Height">Rows.</param>
/// <param name="Faces">In falling score.</param>
/// <param name="Problem">Why it could not be read, a sentence; null: it could.</param>
internal sealed record ImageFaces(string File, int Width, int Height, IReadOnlyList<Face> Faces, string? Problem);

/// <summary>What was found, as a table or as JSON.</summary>
internal sealed class FacesReport(IReadOnlyList<ImageFaces> images)
{
    private static readonly string[] Headings =
        ["image", "face", "x", "y", "width", "height", "score", "expression", "age", "gender"];

    private static readonly int[] Numbers = [1, 2, 3, 4, 5, 6, 8];

    // Paths keep their letters; nobody puts this output into a web page unescaped.
    private static readonly JsonSerializerOptions Layout =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether any image could be read.</summary>
    internal bool HasImages => images.Any(i => i.Problem is null);

    /// <summary>One row a face; nothing where there is none.</summary>
    internal void WriteTable(TextWriter output)
    {
        List<string[]> rows = [.. images.SelectMany(i => i.Faces.Select((face, number) => Row(i.File, number + 1, face)))];
        if (rows.Count > 0)
        {
            // Columns of what nobody asked for are left out.
            int[] shown = [.. Enumerable.Range(0, Headings.Length).Where(column => rows.Exists(row => row[column].Length > 0))];
            PlainTable.Write(
                output, [.. rows.Prepend(Headings).Select(row => shown.Select(column => row[column]).ToArray())],
                [.. Enumerable.Range(0, shown.Length).Where(i => Numbers.Contains(shown[i]))]);
        }
    }

    internal void WriteJson(TextWriter output) => output.WriteLine(new JsonObject
    {
        ["images"] = new JsonArray([.. images.Select(image => new JsonObject
        {
            ["file"] = image.File,
            ["problem"] = image.Problem,
            ["width"] = image.Problem is null ? image.Width : null,
            ["height"] = image.Problem is null ? image.Height : null,
            ["faces"] = new JsonArray([.. image.Faces.Select(Json)]),
        })]),
    }.ToJsonString(Layout));

    private static string[] Row(string file, int number, Face face) =>
    [
        SafeText.Of(file), Text($"{number}"), Text($"{face.Box.X:0}"), Text($"{face.Box.Y:0}"), Text($"{face.Box.Width:0}"),
        Text($"{face.Box.Height:0}"), Text($"{face.Score:0.00}"),
        face.Expression is Expression expression
            ? Text($"{Name(expression)} {face.Expressions![(int)expression]:0.00}") : "",
        face.Age is double age ? Text($"{age:0}") : "",
        face.Gender is GenderEstimate gender ? Text($"{Name(gender.Gender)} {gender.Probability:0.00}") : "",
    ];

    private static JsonObject Json(Face face) => new()
    {
        ["x"] = Rounded(face.Box.X, 3),
        ["y"] = Rounded(face.Box.Y, 3),
        ["width"] = Rounded(face.Box.Width, 3),
        ["height"] = Rounded(face.Box.Height, 3),
        ["score"] = Rounded(face.Score, 6),
        ["rotation"] = face.Rotation,
        ["landmarks"] = face.Landmarks is null ? null
            : new JsonArray([.. face.Landmarks.Select(p => new JsonArray(Rounded(p.X, 3), Rounded(p.Y, 3)))]),
        ["expression"] = face.Expression is Expression expression ? Name(expression) : null,
        ["expressions"] = face.Expressions is null ? null
            : new JsonObject(
                face.Expressions.Select((p, i) => KeyValuePair.Create(Name((Expression)i), (JsonNode?)Rounded(p, 6)))),
        ["age"] = face.Age is double age ? Rounded(age, 2) : null,
        ["gender"] = face.Gender is GenderEstimate gender ? Name(gender.Gender) : null,
        ["gender_probability"] = face.Gender is GenderEstimate estimate ? Rounded(estimate.Probability, 6) : null,
        ["descriptor"] = face.Descriptor is null ? null : new JsonArray([.. face.Descriptor.Select(v => JsonValue.Create(v))]),
    };

    private static double Rounded(double value, int digits) => Math.Round(value, digits);

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
