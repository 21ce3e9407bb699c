using StyleGanSharp.Networks.Layers;

namespace StyleGanSharp.Networks.Checkpoints.Rosinality;

/// <summary>How the tensors of a StyleGAN2 skip generator are called in the widespread layout of ".pt" files.</summary>
internal static class RosinalityNames
{
    /// <summary>All tensors but the filters and the average of w: the name here and the name there.</summary>
    public static IEnumerable<(string Own, string Theirs)> Of(int resolution, int mappingLayers)
    {
        for (int i = 0; i < mappingLayers; i++)
        {
            yield return ($"mapping.fc{i}.weight", $"style.{i + 1}.weight");
            yield return ($"mapping.fc{i}.bias", $"style.{i + 1}.bias");
        }

        yield return ("synthesis.b4.const", "input.input");
        int j = 0;
        foreach (int r in ChannelRule.Resolutions(resolution))
        {
            IEnumerable<(string, string)> block = r == 4
                ? [.. Conv("b4.conv1", "conv1", 0), .. ToRgb("b4.torgb", "to_rgb1")]
                : [
                    .. Conv($"b{r}.conv0", $"convs.{2 * j}", 1 + (2 * j)),
                    .. Conv($"b{r}.conv1", $"convs.{(2 * j) + 1}", 2 + (2 * j)),
                    .. ToRgb($"b{r}.torgb", $"to_rgbs.{j}"),
                ];
            foreach ((string, string) pair in block)
            {
                yield return pair;
            }

            j += r == 4 ? 0 : 1;
        }
    }

    /// <summary>Names of the filters there.</summary>
    public static IEnumerable<string> Filters(int resolution) =>
        Enumerable.Range(0, ChannelRule.Resolutions(resolution).Length - 1)
        .SelectMany(j => new[] { $"convs.{2 * j}.conv.blur.kernel", $"to_rgbs.{j}.upsample.kernel" });

    private static IEnumerable<(string Own, string Theirs)> Conv(string own, string theirs, int noise) =>
    [
        .. Modulated(own, theirs),
        ($"synthesis.{own}.noise_const", $"noises.noise_{noise}"),
        ($"synthesis.{own}.noise_strength", $"{theirs}.noise.weight"),
        ($"synthesis.{own}.bias", $"{theirs}.activate.bias"),
    ];

    private static IEnumerable<(string Own, string Theirs)> ToRgb(string own, string theirs) =>
        [.. Modulated(own, theirs), ($"synthesis.{own}.bias", $"{theirs}.bias")];

    private static IEnumerable<(string Own, string Theirs)> Modulated(string own, string theirs) =>
    [
        ($"synthesis.{own}.weight", $"{theirs}.conv.weight"),
        ($"synthesis.{own}.affine.weight", $"{theirs}.conv.modulation.weight"),
        ($"synthesis.{own}.affine.bias", $"{theirs}.conv.modulation.bias"),
    ];
}
