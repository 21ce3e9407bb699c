using System.Text.Json;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Augment;
using StyleGanSharp.Training.Tests.Augment;

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

        var pipe = new AugmentPipe(multipliers.EnumerateObject().Aggregate(new AugmentOptions(), AugmentCase.With));
        var draws = new PercentileDraws(
            one.GetProperty("augment_debug_percentile").GetDouble(), new RandomDraws(new RandomGenerator(0)));
        double p = one.TryGetProperty("augment_p", out JsonElement strength) ? strength.GetDouble() : 1;
        return images => pipe.Apply(images, p, draws);
    }
}
