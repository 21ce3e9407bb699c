using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Networks whose labels are vectors: <c>--label</c>, and what is drawn without it.</summary>
public sealed class LabelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LabelTests()
    {
        using IGenerator generator = GeneratorFile.Open(CommandLine.Snapshot("ada-skip-32-c3")).Load();
        NetworkFile.Write(folder["v.safetensors"], generator, new() { LabelVectors = [[0.5f, 0.25f, 0], [1, 0, 1]] });
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_number_counts_as_it_is()
    {
        string[] labels = ["0,0,0", "1,0,1", "2,0,2", "0.5,0.2,0", "-1,0,0"];
        HashSet<string> pictures = [.. labels.Select(label => Picture($"--label={label}"))];
        Assert.Equal(5, pictures.Count);
    }

    [Fact]
    public void Without_a_label_it_is_one_of_the_training_data_and_that_is_said()
    {
        CommandResult result = CommandLine.Succeed(
            "generate", "--network", folder["v.safetensors"], "--seeds", "0,1", "--outdir", folder["a"]);
        Assert.Contains("--label", result.Messages);
        Assert.Equal(Convert.ToHexString(CommandLine.Pixels(folder["a/seed0000.png"])), Picture("--label", "0.5,0.25,0"));
        CommandLine.Succeed(
            "generate", "--network", folder["v.safetensors"], "--seeds", "1", "--label", "1,0,1", "--outdir", folder["b"]);
        Assert.Equal(CommandLine.Pixels(folder["b/seed0001.png"]), CommandLine.Pixels(folder["a/seed0001.png"]));
    }

    [Theory]
    [InlineData("--label", "1,0")]
    [InlineData("--label", "1,0,x")]
    [InlineData("--label", "1,0,NaN")]
    [InlineData("--label", "")]
    [InlineData("--class", "0:2")]
    [InlineData("--class", "1")]
    public void What_does_not_fit_is_refused_with_the_option(string option, string value) =>
        Assert.Contains(option, CommandLine.Refuse(
            "generate", "--network", folder["v.safetensors"], option, value, "--outdir", folder["out"]));

    [Fact]
    public void Other_verbs_take_labels_too()
    {
        string one = Picture("--label", "1,0,1");
        CommandLine.Succeed(
            "mix", "--network", folder["v.safetensors"], "--rows", "0", "--cols", "0", "--styles", "coarse", "--label", "1,0,1",
            "--outdir", folder["m"]);
        CommandLine.Succeed("noise", "--network", folder["v.safetensors"], "--label", "1,0,1", "--outdir", folder["n"]);
        CommandLine.Succeed(
            "video", "--network", folder["v.safetensors"], "--seeds", "0", "--w-frames", "1", "--label", "1,0,1", "--frames",
            folder["f"]);
        Assert.Equal(one, Convert.ToHexString(CommandLine.Pixels(folder["m/0-0.png"])));
        Assert.Contains("--label", CommandLine.Refuse(
            "generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--label", "1", "--outdir", folder["out"]));
        Assert.Contains(
            "--classes", CommandLine.Refuse(
                "video", "--network", folder["v.safetensors"], "--seeds", "0", "--motion", "classes", "--classes", "0-1",
                "--frames", folder["out"]));
    }

    [Fact]
    public void A_converted_network_remembers_its_labels()
    {
        CommandLine.Succeed("convert", folder["v.safetensors"], folder["w.safetensors"]);
        Assert.Equal(File.ReadAllBytes(folder["v.safetensors"]), File.ReadAllBytes(folder["w.safetensors"]));
    }

    private string Picture(params string[] more)
    {
        CommandLine.Succeed(["generate", "--network", folder["v.safetensors"], "--outdir", folder["p"], .. more]);
        return Convert.ToHexString(CommandLine.Pixels(folder["p/seed0000.png"]));
    }
}
