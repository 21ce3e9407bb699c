using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.NoiseEffects;

/// <summary>Finds out, by making one picture, at which resolutions a network takes noise. Works for every generation.</summary>
internal static class NoiseProbe
{
    /// <summary>The resolutions; empty: the network has no noise inputs.</summary>
    internal static SortedSet<int> Resolutions(IGenerator generator, Tensor ws)
    {
        var asked = new SortedSet<int>();
        using var scope = new TensorScope();
        generator.Synthesize(ws, NoiseInput.Const.OnlyAt(resolution =>
        {
            asked.Add(resolution);
            return true;
        }));
        return asked;
    }
}
