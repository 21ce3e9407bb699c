using StyleGanSharp.Data.Images;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Images that are moved, turned and scaled.</summary>
public sealed class GenerateTransformTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Negative_shifts_and_enlargements_are_understood()
    {
        byte[] plain = Generate("sg3t-32", "a"), moved = Generate("sg3t-32", "b", "--translate", "-0.25,0"), large = Generate(
            "sg3t-32", "c", "--scale", "2");
        Assert.NotEqual(plain, moved);
        Assert.NotEqual(plain, large);
        Assert.Equal(plain, Generate("sg3t-32", "d", "--translate", "0,0", "--rotate", "0", "--scale", "1"));
    }

    [Fact]
    public void Networks_that_cannot_move_their_pictures_say_so()
    {
        string sentence = CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--rotate", "20", "--outdir", folder["out"]);
        Assert.Contains("StyleGAN3", sentence);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Other_verbs_move_their_pictures_alike()
    {
        string[] transform = ["--translate", "0.1,-0.2", "--rotate", "30", "--scale", "1.5"];
        string network = CommandLine.Snapshot("sg3t-32");
        byte[] moved = Generate("sg3t-32", "a", transform);
        CommandLine.Succeed(
            ["mix", "--network", network, "--rows", "0", "--cols", "0", "--styles", "coarse", "--outdir", folder["m"],
                .. transform]);
        Assert.Equal(moved, ImageFile.Read(folder["m/0-0.png"]).Pixels);
        CommandLine.Succeed(["mix", "--network", network, "--mix", "0", "0:2-3", "--outdir", folder["x"], .. transform]);
        Assert.Equal(moved, ImageFile.Read(folder["x/mix.png"]).Pixels);
        CommandLine.Succeed(
            ["video", "--network", network, "--seeds", "0", "--w-frames", "1", "--frames", folder["v"], .. transform]);
        Close.ToBytes(moved, ImageFile.Read(folder["v/frame000000.png"]).Pixels, "frame 0");
    }

    [Theory]
    [InlineData("mix", "--rows", "1", "--cols", "2")]
    [InlineData("noise")]
    [InlineData("video", "--seeds", "1")]
    public void Other_verbs_say_which_networks_move(string verb, params string[] more)
    {
        string[] common = [
            verb, "--network", CommandLine.Snapshot("sg2-skip-32"), verb == "video"
                ? "--frames" : "--outdir", folder["out"], .. more];
        Assert.Contains("StyleGAN3", CommandLine.Refuse([.. common, "--scale", "2"]));
        Assert.Contains("--translate 1", CommandLine.Refuse([.. common, "--translate", "1"]));
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("--translate", "0.1")]
    [InlineData("--translate", "0.1,x")]
    [InlineData("--translate", "0.1,NaN")]
    [InlineData("--scale", "0")]
    [InlineData("--scale", "-1")]
    [InlineData("--rotate", "NaN")]
    public void Values_that_make_no_sense_are_named(string option, string value)
    {
        string sentence = CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot("sg3t-32"), option, value, "--outdir", folder["out"]);
        Assert.Contains(option, sentence);
        Assert.Empty(folder.Names);
    }

    private byte[] Generate(string snapshot, string outdir, params string[] more)
    {
        CommandLine.Succeed(
            ["generate", "--network", CommandLine.Snapshot(snapshot), "--outdir", folder[outdir], "--device", "cpu", .. more]);
        return ImageFile.Read(folder[$"{outdir}/seed0000.png"]).Pixels;
    }
}
