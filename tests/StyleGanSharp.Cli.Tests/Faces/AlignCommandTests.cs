using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Faces;

[Collection(nameof(RunAlone))]
public sealed class AlignCommandTests : IDisposable
{
    private static readonly string Sheet = Fixtures.GoldenFaces.Path("pictures/16-sheet-all-rotated.png");
    private static readonly string Smiling = Fixtures.GoldenFaces.Path("pictures/02-man-a-young-smile.png");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_face_is_cut_out_upright_with_all_that_putting_back_needs()
    {
        CommandResult result = Align(Smiling, "--size", "96", "--preview");
        Assert.Empty(result.Results);
        Assert.Contains("1 face of 1 photograph in", result.Messages);
        Assert.Equal(
            ["02-man-a-young-smile-preview.png", "02-man-a-young-smile.align.json", "02-man-a-young-smile.png"], Written());
        ImageBuffer photograph = ImageFile.Read(Smiling);
        var file = AlignmentFile.Read(folder["out/02-man-a-young-smile.align.json"]);
        ImageBuffer crop = ImageFile.Read(folder["out/02-man-a-young-smile.png"]);
        Assert.Equal(
            (96, 96, 96, photograph.Width, photograph.Height, Path.GetFileName(Smiling)),
            (crop.Width, crop.Height, file.Transform.Size, file.Width, file.Height, file.Photograph));
        Assert.Equal(FaceQuad.FromLandmarks(file.Landmarks), file.Transform.Quad);
        Assert.Equal(FaceAlignment.Align(photograph, file.Landmarks, 96).Image.Pixels, crop.Pixels);
        Assert.NotEqual(photograph.ToChannels(3).Pixels, ImageFile.Read(folder["out/02-man-a-young-smile-preview.png"]).Pixels);

        // The eyes lie where they do in FFHQ: at the same height, beside the middle.
        FacePoint left = Mean(file, 36), right = Mean(file, 42);
        Assert.InRange(Math.Abs(left.Y - right.Y), 0, 5);
        Assert.InRange((left.X + right.X) / 2, 42, 54);

        // Unedited it changes the photograph by less than two levels where it shows.
        AlignedFace face = FaceAlignment.Align(photograph, file.Landmarks, 512);
        ImageBuffer back = PasteBack.Apply(photograph, face.Image, face.Transform);
        int[] changes = [.. back.Pixels.Zip(photograph.Pixels, (a, b) => Math.Abs(a - b)).Where(d => d > 0)];
        Assert.NotEmpty(changes);
        Assert.InRange(changes.Sum() / (file.Transform.Quad.Side * file.Transform.Quad.Side * 0.5 * photograph.Channels), 0, 2);
    }

    [Fact]
    public void Of_several_faces_the_largest_or_the_chosen_ones_are_taken()
    {
        CommandResult result = Align(Sheet, "--size", "64");
        Assert.Contains("6 faces found, the largest (--face ", result.Messages);
        Assert.Contains("--face all", result.Messages);
        Assert.Equal(2, Written().Length);

        Align(Sheet, "--size", "64", "--face", "all");
        Assert.Equal(12, Written().Length);
        Assert.Contains("16-sheet-all-rotated-6.align.json", Written());
        byte[] second = ImageFile.Read(folder["out/16-sheet-all-rotated-2.png"]).Pixels;
        Align(Sheet, "--size", "64", "--face", "2");
        Assert.Equal(second, ImageFile.Read(folder["out/16-sheet-all-rotated.png"]).Pixels);
        Assert.Contains("--face 7: 6 faces found", CommandLine.Refuse(Line(Sheet, "--face", "7")));
    }

    [Fact]
    public void Landmarks_of_a_file_replace_the_search()
    {
        ImageFile.Write(folder["blank.png"], new ImageBuffer(80, 60, 1));
        File.WriteAllText(folder["points.json"], "[[30,20],[50,20],[40,30],[34,40],[46,40]]");
        Align(folder["blank.png"], "--size", "32", "--landmarks", folder["points.json"]);
        var file = AlignmentFile.Read(folder["out/blank.align.json"]);
        Assert.Equal(new FaceQuad(new FacePoint(40, 22), new FacePoint(40, 0)), file.Transform.Quad);
        Assert.Equal(5, file.Landmarks.Count);

        File.WriteAllText(folder["few.json"], "[[30,20]]");
        Assert.Contains("got 1", CommandLine.Refuse(Line(folder["blank.png"], "--landmarks", folder["few.json"])));
        File.WriteAllText(folder["far.json"], "[[930,20],[950,20],[940,30],[934,40],[946,40]]");
        Assert.Contains("(940, 22)", CommandLine.Refuse(Line(folder["blank.png"], "--landmarks", folder["far.json"])));
        Assert.Contains("contradicts", CommandLine.Refuse(
            Line(folder["blank.png"], "--landmarks", folder["points.json"], "--face", "1")));
        Assert.Contains("one photograph, got 2", CommandLine.Refuse(
            ["align", folder["blank.png"], Smiling, "--landmarks", folder["points.json"], "--outdir", folder["out"]]));
    }

    [Fact]
    public void Without_a_face_the_ways_out_are_said()
    {
        ImageFile.Write(folder["blank.png"], new ImageBuffer(64, 64, 3));
        string sentence = CommandLine.Refuse(Line(folder["blank.png"]));
        Assert.Contains("no face found", sentence);
        Assert.Contains("--search thorough", sentence);
        Assert.Contains("--landmarks FILE", sentence);
        Assert.Contains("missing.png does not exist.", CommandLine.Refuse(Line(folder["missing.png"])));
    }

    [Fact]
    public void Photographs_are_never_overwritten_and_the_others_go_on()
    {
        Directory.CreateDirectory(folder["out/sub"]);
        File.Copy(Smiling, folder["out/a.png"]);
        File.Copy(Smiling, folder["out/sub/a.png"]);
        byte[] before = File.ReadAllBytes(Smiling);
        ImageFile.Write(folder["out/blank.png"], new ImageBuffer(64, 64, 3));
        CommandResult result = CommandLine.Run("align", folder["out"], "--outdir", folder["out"], "--size", "16");
        Assert.Equal((int)ExitCode.WrongInput, result.Code);
        Assert.Contains("blank.png: no face found", result.Messages);
        Assert.Contains("2 faces of 3 photographs", result.Messages);
        Assert.Equal(before, File.ReadAllBytes(folder["out/a.png"]));
        Assert.Equal(["a-2.align.json", "a-2.png", "a-3.align.json", "a-3.png", "a.png", "blank.png"], Written());
    }

    [Theory]
    [InlineData("--size", "1", "2 to 4096")]
    [InlineData("--size", "4097", "2 to 4096")]
    [InlineData("--face", "0", "a number from 1")]
    [InlineData("--face", "everyone", "a number from 1")]
    [InlineData("--search", "everywhere", "thorough")]
    public void Wrong_values_are_named(string option, string value, string words) =>
        Assert.Contains(words, CommandLine.Refuse(Line(Smiling, option, value)));

    private static FacePoint Mean(AlignmentFile file, int first)
    {
        FacePoint[] eye = [.. file.Landmarks.Skip(first).Take(6).Select(file.Transform.ToCrop)];
        return new FacePoint(eye.Average(p => p.X), eye.Average(p => p.Y));
    }

    private CommandResult Align(params string[] args)
    {
        if (Directory.Exists(folder["out"]))
        {
            Directory.Delete(folder["out"], recursive: true);
        }

        return CommandLine.Succeed(Line(args));
    }

    private string[] Line(params string[] args) => ["align", .. args, "--outdir", folder["out"]];

    private string[] Written() =>
        [.. Directory.GetFiles(folder["out"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
