using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>What belongs to an aligned crop, so that an edited version of it can be put back: a JSON file beside it.</summary>
public sealed record AlignmentFile
{
    private const string Format = "stylegansharp-alignment-1";

    /// <summary>Name of the photograph's file, without its folder.</summary>
    public required string Photograph { get; init; }

    /// <summary>Columns of the photograph, after the EXIF orientation is applied.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of it.</summary>
    public required int Height { get; init; }

    /// <summary>Where the crop lies in the photograph.</summary>
    public required CropTransform Transform { get; init; }

    /// <summary>The 68 or 5 landmarks that it was aligned by, in pixels of the photograph.</summary>
    public required IReadOnlyList<FacePoint> Landmarks { get; init; }

    /// <summary>Writes the file; numbers keep all their digits.</summary>
    /// <param name="path">The file, in an existing folder.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path)
    {
        var json = new JsonObject
        {
            ["format"] = Format,
            ["photograph"] = Photograph,
            ["width"] = Width,
            ["height"] = Height,
            ["size"] = Transform.Size,
            ["center"] = Pair(Transform.Quad.Center),
            ["half"] = Pair(Transform.Quad.Half),
            ["corners"] = new JsonArray([.. Transform.Quad.Corners.Select(Pair)]),
            ["landmarks"] = new JsonArray([.. Landmarks.Select(Pair)]),
        };
        AtomicFile.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(json));
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="AlignmentException">It cannot be read, or is not such a file.</exception>
    public static AlignmentFile Read(string path)
    {
        using JsonDocument document = LandmarkFile.Parse(path);
        try
        {
            JsonElement root = document.RootElement;
            if (root.GetProperty("format").GetString() != Format)
            {
                throw new FormatException($"expected the format {Format}");
            }

            var quad = new FaceQuad(
                LandmarkFile.Point(root.GetProperty("center")), LandmarkFile.Point(root.GetProperty("half")));
            var file = new AlignmentFile
            {
                Photograph = root.GetProperty("photograph").GetString() ?? "",
                Width = root.GetProperty("width").GetInt32(),
                Height = root.GetProperty("height").GetInt32(),
                Transform = new CropTransform(quad, root.GetProperty("size").GetInt32()),
                Landmarks = LandmarkFile.Points(root.GetProperty("landmarks")),
            };
            bool fits = file.Transform.Size is >= FaceAlignment.SmallestSize and <= FaceAlignment.LargestSize;
            if (!fits || file is not { Width: > 0, Height: > 0 })
            {
                throw new FormatException("a size is out of range");
            }

            FaceAlignment.Require(quad, file.Width, file.Height);
            return file;
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or KeyNotFoundException or AlignmentException)
        {
            throw new AlignmentException(
                $"{path} is not an alignment ({e.Message.TrimEnd('.')}): name the JSON file that lies beside an aligned crop.", e);
        }
    }

    private static JsonNode Pair(FacePoint point) => new JsonArray(point.X, point.Y);
}
