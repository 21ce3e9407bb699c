using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Recipes.Tests.Letters;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Tests;

public sealed class RecipesAppTests
{
    [Fact]
    public void The_whole_recipe_runs_on_toys()
    {
        using var folder = new TemporaryFolder();
        Toys.Write(folder["toys.zip"], 240, 1);
        Toys.Write(folder["held-out.zip"], 90, 2);
        string[] instruments = ["--data", folder["toys.zip"], "--classifier", folder["c.safetensors"]];
        Run(0, "letters", "train-classifier", "--data", folder["toys.zip"], "--held-out", folder["held-out.zip"], "--out",
            folder["c.safetensors"]);
        WriteNetwork(folder["network-snapshot-000001.safetensors"]);

        string json = Run(
            0, ["letters", "evaluate", "--network", folder["network-snapshot-000001.safetensors"], .. instruments, "--per-class",
                "5", "--json"]);
        using JsonDocument evaluation = JsonDocument.Parse(json);
        Assert.Equal("network-snapshot-000001.safetensors", evaluation.RootElement.GetProperty("network").GetString());
        Assert.Equal(3, evaluation.RootElement.GetProperty("classes").GetArrayLength());
        Assert.InRange(evaluation.RootElement.GetProperty("recognition").GetProperty("psi_0.7").GetDouble(), 0, 1);
        double generated = evaluation.RootElement.GetProperty("frechet").GetProperty("generated_psi_1").GetDouble();
        Assert.True(generated > evaluation.RootElement.GetProperty("frechet").GetProperty("real_halves").GetDouble(),
            "A network of random weights draws no toys.");

        Assert.Contains("standing", Run(
            0, ["letters", "evaluate", "--network", folder["network-snapshot-000001.safetensors"], .. instruments, "--per-class",
                "2"]), StringComparison.Ordinal);
        Assert.Equal(folder["network-snapshot-000001.safetensors"], Run(
            0, ["letters", "choose", "--run", folder.Path, .. instruments]).Trim());
        Run(0, "letters", "grid", "--network", folder["network-snapshot-000001.safetensors"], "--out", folder["grid.png"],
            "--rows", "2");
        Assert.Equal((3 * Toys.Side, 2 * Toys.Side), (
            ImageFile.Identify(folder["grid.png"]).Width, ImageFile.Identify(folder["grid.png"]).Height));

        File.WriteAllText(
            folder["stats.jsonl"], """{"Progress/kimg":{"num":1,"mean":2,"std":0},"Loss/G/loss":{"num":1,"mean":0.5,"std":0}}""");
        Run(0, "curve", "--run", folder.Path, "--out", folder["curve.png"]);
        Assert.Equal(3, ImageFile.Identify(folder["curve.png"]).Channels);
    }

    [Fact]
    public void Wrong_input_is_told_in_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Toys.Write(folder["toys.zip"], 6, 1);
        Toys.Write(folder["nameless.zip"], 6, 1, named: false);
        string[] train =
            ["letters", "train-classifier", "--held-out", folder["toys.zip"], "--out", folder["c.safetensors"], "--data"];
        Assert.Contains("named classes", Run(2, [.. train, folder["nameless.zip"]]), StringComparison.Ordinal);
        Assert.Contains("none.zip", Run(2, [.. train, folder["none.zip"]]), StringComparison.Ordinal);
        Assert.Contains("--epochs 0", Run(2, [.. train, folder["toys.zip"], "--epochs", "0"]), StringComparison.Ordinal);
        Assert.Contains("held-out", Run(2, [.. train, folder["toys.zip"], "--epochs", "1", "--seed", "1"]),
            StringComparison.Ordinal);
        Assert.False(File.Exists(folder["c.safetensors"]), "A classifier that is not fit to judge was written.");
        Assert.Contains("--network", Run(2, "letters", "evaluate"), StringComparison.Ordinal);
        Assert.Contains("stats.jsonl", Run(2, "curve", "--run", folder.Path, "--out", folder["c.png"]), StringComparison.Ordinal);
    }

    private static string Run(int expected, params string[] args)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        int code = RecipesApp.Run(args, results, messages);
        Assert.True(code == expected, $"Exit code {code}: {messages}");
        if (expected != 0)
        {
            Assert.Single(messages.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
                line.StartsWith("recipes: ", StringComparison.Ordinal));
        }

        return expected == 0 ? results.ToString() : messages.ToString();
    }

    private static void WriteNetwork(string path)
    {
        using var draws = new RandomGenerator(1);
        var options = new GeneratorOptions
        {
            ZDim = 8,
            CDim = Toys.Names.Length,
            WDim = 8,
            Resolution = Toys.Side,
            ImageChannels = 1,
            ChannelBase = 64,
            ChannelMax = 8,
        };
        using var generator = new Generator(options, Initializer.Random(draws));
        NetworkFile.Write(path, generator, new() { ClassNames = Toys.Names });
    }
}
