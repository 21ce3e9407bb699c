using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using ProGanGenerator = StyleGanSharp.Networks.ProGan.Generator;
using StyleGan1Generator = StyleGanSharp.Networks.StyleGan1.Generator;
using StyleGan2Generator = StyleGanSharp.Networks.StyleGan2.Generator;
using StyleGan3Generator = StyleGanSharp.Networks.StyleGan3.Generator;

namespace StyleGanSharp.Training.Losses;

/// <summary>The generators that training knows.</summary>
public static class TrainedGenerators
{
    private delegate Tensor Mapping(Tensor z, Tensor? c, bool updateAverages);

    private delegate Tensor Synthesis(Tensor ws, NoiseInput noise, bool updateAverages);

    /// <summary>A generator as training runs it.</summary>
    /// <param name="generator">The network; it stays the caller's.</param>
    /// <exception cref="ArgumentException">No trainer for networks of this kind.</exception>
    public static ITrainedGenerator Of(IGenerator generator) => generator switch
    {
        StyleGan2Generator g => new Adapter(
            g, g, (z, c, update) => g.Mapping.Forward(z, c, updateAverage: update), (ws, noise, _) => g.Synthesis.Forward(ws, noise)),
        StyleGan3Generator g => new Adapter(
            g, g, (z, c, update) => g.Mapping.Forward(z, c, updateAverage: update), (ws, _, update) => g.Synthesis.Forward(ws, updateAverages: update)),
        GrowingGenerator g => new Adapter(
            g, g, (z, c, update) => g.Mapping.Forward(z, c, updateAverage: update), (ws, noise, _) => g.Synthesize(ws, noise)),
        StyleGan1Generator g => new Adapter(
            g, g, (z, c, update) => g.Mapping.Forward(z, c, updateAverage: update), (ws, noise, _) => g.Synthesize(ws, noise)),
        ProGanGenerator g => new Adapter(g, g, (z, c, _) => g.Map(z, c), (ws, noise, _) => g.Synthesize(ws, noise)),
        _ => throw new ArgumentException($"Networks of the kind {generator?.GetType()} cannot be trained with this loss.", nameof(generator)),
    };

    private sealed class Adapter(Module module, IGenerator generator, Mapping map, Synthesis synthesize) : ITrainedGenerator
    {
        public Module Module => module;

        public int ZDim => generator.ZDim;

        public int CDim => generator.CDim;

        public int NumWs => generator.NumWs;

        // Two layers a resolution.
        public int ActiveWs => generator is IGrowing growing ? Math.Max(NumWs - (2 * (int)Math.Floor(growing.Lod)), 1) : NumWs;

        public bool IsRepeatable => generator is StyleGan3Generator { Precision: Precision.Float32 };

        public Tensor Map(Tensor z, Tensor? c, bool updateAverages) => map(z, c, updateAverages);

        public Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages) => synthesize(ws, noise, updateAverages);
    }
}
