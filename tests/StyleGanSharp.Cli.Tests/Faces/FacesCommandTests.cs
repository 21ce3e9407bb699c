using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Faces;

[Collection(nameof(RunAlone))]
public sealed class FacesCommandTests
{
    private static readonly string Sheet = Fixtures.GoldenFaces.Path("pictures/16-sheet-all-rotated.png");
    private static readonly string Smiling = Fixtures.GoldenFaces.Path("pictures/02-man-a-young-smile.png");

    [Fact]
    public void A_table_lists_every_face()
    {
        CommandResult result = CommandLine.Succeed("faces", Sheet);
        string[] lines = result.Results.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 6, lines.Length);
        Assert.Equal(
            ["image", "face", "x", "y", "width", "height", "score", "expression", "age", "gender"],
            lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(Sheet, lines[1]);
        Assert.Empty(result.Messages);

        lines = CommandLine.Succeed("faces", Smiling, "--parts", "expression").Results.TrimEnd('\n').Split('\n');
        Assert.EndsWith("expression", lines[0]);
        Assert.Matches(@"happy [01]\.\d\d$", Assert.Single(lines[1..]));
    }

    [Fact]
    public void Json_has_every_part_that_was_asked_for()
    {
        JsonElement face = Faces(Smiling, "--parts", "all")[0];
        Assert.Equal(68, face.GetProperty("landmarks").GetArrayLength());
        Assert.Equal(128, face.GetProperty("descriptor").GetArrayLength());
        Assert.Equal("happy", face.GetProperty("expression").GetString());
        Assert.Equal(7, face.GetProperty("expressions").EnumerateObject().Count());
        Assert.InRange(face.GetProperty("age").GetDouble(), 1, 90);
        Assert.Equal("male", face.GetProperty("gender").GetString());
        face = Faces(Smiling, "--parts", "box")[0];
        Assert.All(
            ["landmarks", "expression", "expressions", "age", "gender", "gender_probability", "descriptor"],
            key => Assert.Equal(JsonValueKind.Null, face.GetProperty(key).ValueKind));
    }

    [Fact]
    public void Folders_are_taken_and_unreadable_images_left_out()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in/sub"]);
        File.Copy(Smiling, folder["in/b.png"]);
        File.Copy(Smiling, folder["in/sub/b.png"]);
        File.WriteAllText(folder["in/notes.txt"], "no image");
        File.WriteAllBytes(folder["in/broken.png"], [.. File.ReadAllBytes(Smiling).Take(3000)]);
        ImageFile.Write(folder["in/blank.png"], new ImageBuffer(64, 64, 3));
        CommandResult result = CommandLine.Succeed(
            "faces", folder["in"], folder["missing.png"], "--json", "--annotate", folder["out"]);
        using JsonDocument json = JsonDocument.Parse(result.Results);
        (string Name, int Faces, bool Broken)[] images =
        [
            .. json.RootElement.GetProperty("images").EnumerateArray().Select(i => (
                Path.GetRelativePath(folder.Path, i.GetProperty("file").GetString()!), i.GetProperty("faces").GetArrayLength(),
                i.GetProperty("problem").ValueKind == JsonValueKind.String)),
        ];
        Assert.Equal(
            [("in/b.png", 1, false), ("in/blank.png", 0, false), ("in/broken.png", 0, true), ("in/sub/b.png", 1, false), (
                "missing.png", 0, true)],
            images);
        Assert.Contains("blank.png: no face found.", result.Messages);
        Assert.Contains("missing.png does not exist.", result.Messages);
        Assert.Equal(
            ["b-faces-2.png", "b-faces.png", "blank-faces.png"], Directory.GetFiles(folder["out"]).Select(
                f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.NotEqual(ImageFile.Read(Smiling).Pixels, ImageFile.Read(folder["out/b-faces.png"]).Pixels);
    }

    [Fact]
    public void Where_nothing_can_be_read_the_code_is_that_of_wrong_input()
    {
        using var folder = new TemporaryFolder();
        CommandResult result = CommandLine.Run("faces", folder["a.png"]);
        Assert.Equal(((int)ExitCode.WrongInput, "", $"{folder["a.png"]} does not exist.\n"), (
            result.Code, result.Results, result.Messages.ReplaceLineEndings("\n")));
        Assert.Contains("There are no images in", CommandLine.Refuse("faces", folder.Path));
    }

    [Theory]
    [InlineData("--size", "100", "multiple of 32")]
    [InlineData("--min-score", "1.5", "0 to 1")]
    [InlineData("--parts", "age,nose", "'nose'")]
    [InlineData("--search", "everywhere", "thorough")]
    [InlineData("--device", "tpu", "tpu")]
    public void Wrong_values_are_named(string option, string value, string words) =>
        Assert.Contains(words, CommandLine.Refuse("faces", Smiling, option, value));

    private static JsonElement Faces(params string[] args)
    {
        using JsonDocument json = JsonDocument.Parse(CommandLine.Succeed(["faces", .. args, "--json"]).Results);
        return json.RootElement.GetProperty("images")[0].GetProperty("faces").Clone();
    }
}
