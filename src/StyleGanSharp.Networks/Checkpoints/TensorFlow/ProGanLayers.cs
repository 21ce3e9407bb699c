using System.Numerics;
using StyleGanSharp.Networks.Growing;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.ProGan;

namespace StyleGanSharp.Networks.Checkpoints.TensorFlow;

/// <summary>The layers of ProGAN networks in the order in which TensorFlow files hold them.</summary>
internal static class ProGanLayers
{
    private const ProGanLayout Convolution = ProGanLayout.Convolution;

    public static IEnumerable<ProGanLayer> Of(GeneratorOptions options, bool fusedScale)
    {
        ChannelRule rule = options.Channels;
        foreach (int r in ChannelRule.Resolutions(options.Resolution))
        {
            int channels = rule.At(r), before = rule.At(r / 2), level = BitOperations.Log2((uint)(options.Resolution / r));
            if (r == LevelOfDetail.LastResolution)
            {
                yield return new(
                    "b4.dense", "4x4/Dense", ProGanLayout.DenseToMaps, options.Latents + options.CDim, channels, r,
                    LayerGain.Input);
                yield return new("b4.conv", "4x4/Conv", Convolution, channels, channels, 3, LayerGain.Active);
            }
            else
            {
                yield return fusedScale
                    ? new($"b{r}.conv0", $"{r}x{r}/Conv0_up", ProGanLayout.Upsampling, before, channels, 3, LayerGain.Active)
                    : new($"b{r}.conv0", $"{r}x{r}/Conv0", Convolution, before, channels, 3, LayerGain.Active);
                yield return new($"b{r}.conv1", $"{r}x{r}/Conv1", Convolution, channels, channels, 3, LayerGain.Active);
            }

            yield return new(
                $"b{r}.torgb", $"ToRGB_lod{level}", Convolution, channels, options.ImageChannels, 1, LayerGain.Linear);
        }
    }

    public static IEnumerable<ProGanLayer> Of(DiscriminatorOptions options)
    {
        ChannelRule rule = options.Channels;
        int level = 0;
        foreach (int r in ChannelRule.Resolutions(options.Resolution).Reverse())
        {
            int channels = rule.At(r), next = rule.At(r / 2);
            yield return new(
                $"b{r}.fromrgb", $"FromRGB_lod{level++}", Convolution, options.ImageChannels, channels, 1, LayerGain.Active);
            if (r > LevelOfDetail.LastResolution)
            {
                string second = options.FusedScale ? "Conv1_down" : "Conv1";
                yield return new($"b{r}.conv0", $"{r}x{r}/Conv0", Convolution, channels, channels, 3, LayerGain.Active);
                yield return new($"b{r}.conv1", $"{r}x{r}/{second}", Convolution, channels, next, 3, LayerGain.Active);
                continue;
            }

            int statistic = options.MbStdGroupSize is null ? 0 : 1;
            yield return new("b4.conv", "4x4/Conv", Convolution, channels + statistic, channels, 3, LayerGain.Active);
            yield return new("b4.dense0", "4x4/Dense0", ProGanLayout.DenseFromMaps, channels, next, r, LayerGain.Active);
            yield return new("b4.dense1", "4x4/Dense1", ProGanLayout.Dense, next, 1 + options.LabelLogits, 1, LayerGain.Linear);
        }
    }
}
