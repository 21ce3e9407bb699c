using System.Text.Json;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Tests;

/// <summary>The networks and losses that a golden JSON file describes by the constructor arguments of the reference.</summary>
internal static class GoldenNetworks
{
    /// <summary>Networks with the given values: G, D and an average that starts as a copy of G.</summary>
    public static TrainedNetworks Create(JsonElement json, Func<string, GoldenTensors> values)
    {
        JsonElement common = json.GetProperty("common_kwargs"), own = json.GetProperty("G_kwargs");
        IGenerator generator = GoldenOptions.Generator(own, common), average = GoldenOptions.Generator(own, common);
        var discriminator = new Discriminator(
            GoldenOptions.Discriminator(json.GetProperty("D_kwargs"), common), Initializer.ForLoading);
        var networks = new TrainedNetworks(generator, average, discriminator);
        Load(networks.GeneratorModule, values("G/"));
        Load(networks.AverageModule, values("G/"));
        Load(networks.DiscriminatorModule, values("D/"));
        return networks;
    }

    /// <summary>
    /// Loss options: <c>loss_kwargs</c> of a case over <c>loss_defaults</c> of the file, over the reference's defaults.
    /// </summary>
    public static LossOptions Loss(JsonElement json, JsonElement one)
    {
        double Number(string key, double fallback) =>
            one.TryGetProperty("loss_kwargs", out JsonElement own) && own.TryGetProperty(key, out JsonElement value)
                ? value.GetDouble()
            : json.TryGetProperty("loss_defaults", out JsonElement defaults) && defaults.TryGetProperty(key, out value)
            ? value.GetDouble()
            : fallback;
        return new LossOptions
        {
            R1Gamma = Number("r1_gamma", 10),
            StyleMixingProb = Number("style_mixing_prob", 0),
            PathLengthWeight = Number("pl_weight", 0),
            PathLengthBatchShrink = (int)Number("pl_batch_shrink", 2),
            PathLengthDecay = Number("pl_decay", 0.01),
            BlurInitSigma = Number("blur_init_sigma", 0),
            BlurFadeImages = Number("blur_fade_kimg", 0) * 1000,
        };
    }

    private static void Load(Module module, GoldenTensors values)
    {
        using var scope = new TensorScope();
        module.Load([.. values.Keys], name => values[name]);
    }
}
