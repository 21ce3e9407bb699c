using System.Text.Json;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;

namespace StyleGanSharp.Training.Tests;

/// <summary>The augmentation that a golden case asks for.</summary>
internal static class GoldenAugment
{
    /// <summary>Null where the case has none.</summary>
    public static Func<Tensor, Tensor>? Of(JsonElement one)
    {
        if (!one.TryGetProperty("augment", out JsonElement multipliers))
        {
            return null;
        }

        string[] names = [.. multipliers.EnumerateObject().Select(m => m.Name)];
        var bgc = AugmentPresets.Parse("bgc");
        Assert.Equal(12, names.Length); // These cases use the whole of bgc.
        var pipe = new AugmentPipe(bgc);
        var draws = new PercentileDraws(one.GetProperty("augment_debug_percentile").GetDouble(), new RandomDraws(new RandomGenerator(0)));
        return images => pipe.Apply(images, one.GetProperty("augment_p").GetDouble(), draws);
    }
}
