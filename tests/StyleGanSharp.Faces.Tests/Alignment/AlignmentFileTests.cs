using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Faces.Tests.Alignment;

public sealed class AlignmentFileTests : IDisposable
{
    private const string Points = "[[1.5,2],[30,4],[15,20],[5,30],[25,31]]";

    private const string File5 =
        """{"format":"stylegansharp-alignment-1","photograph":"a.jpg","width":60,"height":50,"size":32,""" +
        $$""" "center":[30,25],"half":[9,1],"landmarks":{{Points}}}""";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_alignment_is_read_as_it_was_written()
    {
        FacePoint[] landmarks = [new(100.1, 100), new(200, 100 / 3.0), new(150, 160), new(120, 220), new(180, 220)];
        var file = new AlignmentFile
        {
            Photograph = "Grüße \"1\".jpg",
            Width = 400,
            Height = 300,
            Transform = new CropTransform(FaceQuad.FromLandmarks(landmarks), 256),
            Landmarks = landmarks,
        };
        file.Write(folder["a.json"]);
        var read = AlignmentFile.Read(folder["a.json"]);
        Assert.Equal((file.Photograph, 400, 300, file.Transform), (read.Photograph, read.Width, read.Height, read.Transform));
        Assert.Equal(landmarks, read.Landmarks);
        Assert.Equal(new CropTransform(new FaceQuad(new(30, 25), new(9, 1)), 32), AlignmentFile.Read(Written(File5)).Transform);
    }

    [Theory]
    [InlineData("\"format\":\"stylegansharp-alignment-1\"", "\"format\":\"other\"")]
    [InlineData("\"photograph\":\"a.jpg\"", "\"photograph\":7")]
    [InlineData("\"width\":60", "\"width\":0")]
    [InlineData("\"width\":60", "\"width\":60.5")]
    [InlineData("\"height\":50", "\"height\":99999999999")]
    [InlineData("\"size\":32", "\"size\":5000")]
    [InlineData("\"size\":32", "\"size\":\"32\"")]
    [InlineData("\"center\":[30,25]", "\"center\":[30]")]
    [InlineData("\"center\":[30,25]", "\"center\":[90,25]")]
    [InlineData("\"half\":[9,1]", "\"half\":[0,0]")]
    [InlineData("\"half\":[9,1]", "\"half\":[1e999,0]")]
    [InlineData("\"half\":[9,1]", "\"half\":null")]
    [InlineData(",\"landmarks\"", ",\"points\"")]
    [InlineData(File5, Points)]
    [InlineData(File5, "{")]
    [InlineData(File5, "")]
    public void Alignments_that_are_none_are_refused(string part, string instead)
    {
        string content = File5.Replace(part, instead, StringComparison.Ordinal);
        AlignmentException refused = Assert.Throws<AlignmentException>(() => AlignmentFile.Read(Written(content)));
        Assert.StartsWith(folder["x.json"], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Landmarks_are_read_with_and_without_a_byte_order_mark()
    {
        Assert.Equal(new FacePoint(1.5, 2), LandmarkFile.Read(Written(Points))[0]);
        Assert.Equal(new FacePoint(25, 31), LandmarkFile.Read(Written("\uFEFF" + Points))[4]);
        string many = $"[{string.Join(',', Enumerable.Repeat("[3,4]", 68))}]";
        Assert.Equal(68, LandmarkFile.Read(Written(many)).Count);
    }

    [Theory]
    [InlineData("[]", "got 0")]
    [InlineData("[[1,2],[1,2],[1,2],[1,2]]", "got 4")]
    [InlineData("[[1,2],[1,2],[1,2],[1,2],[1,2,3]]", "2 numbers")]
    [InlineData("[[1,2],[1,2],[1,2],[1,2],[1,\"2\"]]", "not a list")]
    [InlineData("[1,2,3,4,5]", "not a list")]
    [InlineData("[[1,2],[1,2],[1,2],[1,2],[1,1e999]]", "too large")]
    [InlineData("{\"a\":1}", "not a list")]
    [InlineData("[[1,2]", "not JSON")]
    [InlineData("", "is empty")]
    public void Files_of_something_else_are_refused(string content, string words)
    {
        AlignmentException refused = Assert.Throws<AlignmentException>(() => LandmarkFile.Read(Written(content)));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder["x.json"], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_endless_files_are_refused()
    {
        Assert.Throws<AlignmentException>(() => LandmarkFile.Read(folder["missing.json"]));
        Assert.Throws<AlignmentException>(() => LandmarkFile.Read(folder.Path));
        Assert.Contains("more than", Assert.Throws<AlignmentException>(
            () => LandmarkFile.Read(Written(new string('[', 1 << 20)))).Message, StringComparison.Ordinal);
        Assert.Throws<AlignmentException>(() => LandmarkFile.Read(Written(new string('[', 10_000))));
    }

    private string Written(string content)
    {
        File.WriteAllText(folder["x.json"], content);
        return folder["x.json"];
    }
}
