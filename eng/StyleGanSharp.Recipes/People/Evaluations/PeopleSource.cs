using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Recipes.People.Evaluations;

/// <summary>An unconditional generator as a source of portraits by seed: those that `generate` writes.</summary>
/// <param name="generator">The generator; stays the caller's.</param>
internal sealed class PeopleSource(IGenerator generator)
{
    private const int Batch = 32;

    internal IGenerator Generator => generator;

    /// <summary>The w of seeds.</summary>
    /// <returns>[N, NumWs, WDim] float32.</returns>
    internal Tensor Map(ReadOnlySpan<uint> seeds, double psi)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        Tensor ws = generator.Map(LatentSeeds.Draw(seeds, generator.ZDim).To(DType.Float32), null);
        return scope.Keep(generator.WAvg is Tensor average ? Truncation.Uniform(psi).Apply(ws, average) : ws);
    }

    /// <summary>Images of ws.</summary>
    /// <param name="ws">[N, NumWs, WDim] float32.</param>
    /// <returns>uint8 [N, 3, H, W].</returns>
    internal Tensor Images(Tensor ws)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        return scope.Keep(Pixels.Quantize(generator.Synthesize(ws, NoiseInput.Const)));
    }

    /// <summary>The images of seeds, batch by batch.</summary>
    /// <param name="first">First seed.</param>
    /// <param name="count">How many.</param>
    /// <param name="psi">Truncation.</param>
    /// <param name="use">Given each batch, uint8 [n, 3, H, W].</param>
    internal void ForEach(uint first, int count, double psi, Action<Tensor> use)
    {
        for (int begin = 0; begin < count; begin += Batch)
        {
            using var scope = new TensorScope();
            uint[] seeds = [.. Enumerable.Range(begin, Math.Min(Batch, count - begin)).Select(i => first + (uint)i)];
            use(Images(Map(seeds, psi)));
        }
    }
}
