using System.Globalization;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Videos;

/// <summary>The frames of <c>video</c>, and what it refuses. Video files are the matter of <c>VideoFileTests</c>.</summary>
public sealed class VideoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<int> GoldenVideos =>
        [.. Enumerable.Range(0, GoldenFolder.List("generate/images.json", "video").Count)];

    public void Dispose() => folder.Dispose();

    [GoldenTheory, MemberData(nameof(GoldenVideos))]
    public void Frames_are_those_of_the_golden_files(int number)
    {
        JsonElement video = GoldenFolder.List("generate/images.json", "video")[number];
        string snapshot = video.GetProperty("snapshot").GetString()!, name = Path.GetFileNameWithoutExtension(snapshot);
        string psi = video.TryGetProperty("truncation_psi", out JsonElement truncation) ? truncation.GetRawText() : "1";
        CommandLine.Succeed(
            "video", "--network", GoldenFolder.Path(snapshot), "--seeds", string.Join(
                ',', video.GetProperty("seeds").EnumerateArray().Select(s => s.Long())),
            "--w-frames", $"{video.GetProperty("w_frames").Int()}", $"--trunc={psi}", "--frames", folder["a"]);
        var expected = new GoldenTensors("generate/images.npz", $"video/{name}/");
        Assert.Equal(expected.Array("w").Shape[0], Directory.GetFiles(folder["a"]).Length);
        foreach (int i in expected.Keys.Where(k => k.StartsWith("frame", StringComparison.Ordinal)).Select(
            k => int.Parse(k["frame".Length..], CultureInfo.InvariantCulture)))
        {
            Close.ToBytes(expected.Array($"frame{i}").Bytes, Frame("a", i).Pixels, $"frame {i}");
        }
    }

    [Theory]
    [InlineData("cubic")]
    [InlineData("linear")]
    [InlineData("slerp")]
    [InlineData("truncation")]
    [InlineData("circle")]
    [InlineData("circularloop")]
    public void Key_frames_are_the_pictures_of_the_seeds(string motion)
    {
        Video("a", "--seeds", "3,8", "--w-frames", "4", "--motion", motion);
        CommandLine.Succeed(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "3,8", "--outdir", folder["g"]);
        Assert.Equal(8, Directory.GetFiles(folder["a"]).Length);
        AssertClose("g/seed0003.png", Frame("a", 0));
        AssertClose("g/seed0008.png", Frame("a", 4));
        Assert.NotEqual(Frame("a", 0).Pixels, Frame("a", 1).Pixels);
        Assert.NotEqual(Frame("a", 3).Pixels, Frame("a", 4).Pixels);
    }

    [Fact]
    public void A_truncation_sweep_turns_at_its_other_end()
    {
        Video("a", "--seeds", "3", "--w-frames", "4", "--motion", "truncation", "--trunc-start", "0.5", "--trunc-end", "-0.5");
        string[] psis = ["0.5", "0", "-0.5", "0"];
        for (int i = 0; i < psis.Length; i++)
        {
            CommandLine.Succeed(
                "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--seeds", "3", $"--trunc={psis[i]}", "--outdir",
                folder["g"]);
            AssertClose("g/seed0003.png", Frame("a", i));
        }
    }

    [Fact]
    public void A_noise_walk_is_closed()
    {
        Video("a", "--seeds", "3", "--w-frames", "40", "--motion", "noise");
        int step = Difference(Frame("a", 0), Frame("a", 1)), last = Difference(Frame("a", 39), Frame("a", 0)), far = Difference(
            Frame("a", 0), Frame("a", 20));
        Assert.InRange(last, step / 4, step * 4);
        Assert.True(far > 2 * step, $"{far} and {step}");
    }

    [Fact]
    public void Classes_are_passed_through()
    {
        string network = CommandLine.Snapshot("sg2-gray-16-c2");
        CommandResult result = CommandLine.Succeed(
            "video", "--network", network, "--seeds", "5", "--motion", "classes", "--classes", "1,0", "--w-frames", "3",
            "--frames", folder["a"]);
        Assert.DoesNotContain("modulo", result.Messages);
        CommandLine.Succeed("generate", "--network", network, "--seeds", "5", "--class", "1", "--outdir", folder["g"]);
        AssertClose("g/seed0005.png", Frame("a", 0));
        CommandLine.Succeed("generate", "--network", network, "--seeds", "5", "--class", "0", "--outdir", folder["g"]);
        AssertClose("g/seed0005.png", Frame("a", 3));
        Assert.Equal(6, Directory.GetFiles(folder["a"]).Length);
    }

    [Fact]
    public void Cells_of_a_grid_have_their_own_seeds()
    {
        Video("a", "--seeds", "0-3", "--grid", "2x1", "--w-frames", "1");
        Video("b", "--seeds", "2,3", "--w-frames", "1");
        Assert.Equal(2, Directory.GetFiles(folder["a"]).Length);
        ImageBuffer grid = Frame("a", 1);
        Assert.Equal((64, 32), (grid.Width, grid.Height));
        Assert.Equal(Frame("b", 1).Row(9).ToArray(), grid.Row(9)[(32 * 3)..].ToArray());
    }

    [Fact]
    public void Seeds_are_repeated_and_shuffled()
    {
        Video("a", "--seeds", "1,2", "--num-keyframes", "5", "--w-frames", "1");
        Assert.Equal(Frame("a", 0).Pixels, Frame("a", 4).Pixels);
        Video("b", "--seeds", "0-9", "--shuffle-seed", "0", "--w-frames", "1");
        Video("c", "--seeds", "2,8,4,9,1,6,7,3,0,5", "--w-frames", "1"); // RandomState(0).shuffle of 0..9
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(Frame("b", i).Pixels, Frame("c", i).Pixels));
    }

    [Theory]
    [InlineData("--motion", "wild", "cubic, linear, slerp, truncation, circle, noise, classes")]
    [InlineData("--grid", "2x2", "do not divide 3 seeds")]
    [InlineData("--grid", "2", "4x3")]
    [InlineData("--w-frames", "0", "1 to 10000000")]
    [InlineData("--w-frames", "9999999", "more than 10000000 frames")]
    [InlineData("--num-keyframes", "0", "--num-keyframes 0")]
    [InlineData("--fps", "0", "1 to 240")]
    [InlineData("--fps", "29,97", "write 29.97")]
    [InlineData("--fps", "30/0", "30000/1001")]
    [InlineData("--trunc-start", "0,5", "write 0.5")]
    [InlineData("--bitrate", "0", "more than 0")]
    [InlineData("--harmonics", "0", "1 to 100")]
    [InlineData("--trunc-end", "NaN", "number")]
    [InlineData("--classes", "0", "motion classes")]
    [InlineData("--motion", "classes", "--classes")]
    [InlineData("--output", "film.avi", ".mp4, .webm or .gif")]
    [InlineData("--output", "film", ".mp4, .webm or .gif")]
    [InlineData("--class", "0", "unconditional")]
    public void Wrong_options_are_named(string option, string value, string words)
    {
        Assert.Contains(words, Refuse("--seeds", "0-2", "--frames", folder["out"], option, value));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Where_the_video_goes_has_to_be_said() => Assert.Contains("--output", Refuse("--seeds", "1"));

    [Fact]
    public void A_gif_is_slow() =>
        Assert.Contains("at most 50", Refuse("--seeds", "1", "--output", folder["a.gif"], "--fps", "60"));

    [Fact]
    public void Wrong_classes_are_named()
    {
        string[] common = ["--motion", "classes", "--frames", folder["out"]];
        Assert.Contains("unconditional", Refuse([.. common, "--seeds", "1", "--classes", "0"]));
        Assert.Contains("one seed in each cell", Refuse([.. common, "--seeds", "1-2", "--classes", "0"]));
        Assert.Contains("0 to 1", CommandLine.Refuse(
            ["video", "--network", CommandLine.Snapshot("sg2-gray-16-c2"), .. common, "--seeds", "1", "--classes", "0-2"]));
        Assert.Empty(folder.Names);
    }

    private void Video(string frames, params string[] more) =>
        CommandLine.Succeed(["video", "--network", CommandLine.Snapshot("sg2-skip-32"), "--frames", folder[frames], .. more]);

    private static string Refuse(params string[] more) =>
        CommandLine.Refuse(["video", "--network", CommandLine.Snapshot("sg2-skip-32"), .. more]);

    private ImageBuffer Frame(string name, int index) => ImageFile.Read(folder[$"{name}/frame{index:d6}.png"]);

    private void AssertClose(string picture, ImageBuffer frame) =>
        Close.ToBytes(ImageFile.Read(folder[picture]).Pixels, frame.Pixels, picture);

    private static int Difference(ImageBuffer one, ImageBuffer other) =>
        one.Pixels.Zip(other.Pixels).Sum(p => Math.Abs(p.First - p.Second));
}
