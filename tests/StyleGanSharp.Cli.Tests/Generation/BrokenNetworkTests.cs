using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Cli.Tests.Generation;

/// <summary>Networks with values that are not finite, from a diverged training or a damaged file.</summary>
public sealed class BrokenNetworkTests : IDisposable
{
    private const string Broken = "synthesis.b16.conv1.weight";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Every_verb_that_makes_pictures_names_the_tensor(float value)
    {
        string network = Write(value);
        foreach (string[] command in new string[][]
        {
            ["generate", "--outdir", folder["out"]], ["generate", "--format", "npy", "--outdir", folder["out"]],
            ["mix", "--rows", "0", "--cols", "1", "--styles", "coarse", "--outdir", folder["out"]], [
                "noise", "--outdir", folder["out"]],
            ["video", "--seeds", "0", "--w-frames", "1", "--frames", folder["out"]], [
                "convert", network, folder["x.safetensors"]],
        })
        {
            string sentence = CommandLine.Refuse(
                command[0] == "convert" ? command : [command[0], "--network", network, .. command[1..]]);
            Assert.Contains("broken.safetensors", sentence);
            Assert.Contains(Broken, sentence);
        }
    }

    private string Write(float value)
    {
        using GradMode mode = GradMode.Off();
        using var scope = new TensorScope();
        using IGenerator generator = GeneratorFile.Open(CommandLine.Snapshot("sg2-skip-32")).Load();
        Tensor weight = ((Module)generator).NamedTensors().Single(t => t.Name == Broken).Value;
        weight.Select(0, 0).FillInPlace(value);
        NetworkFile.Write(folder["broken.safetensors"], generator);
        return folder["broken.safetensors"];
    }
}
