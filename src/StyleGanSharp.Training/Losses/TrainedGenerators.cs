using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;
using StyleGan2Generator = StyleGanSharp.Networks.StyleGan2.Generator;
using StyleGan3Generator = StyleGanSharp.Networks.StyleGan3.Generator;

namespace StyleGanSharp.Training.Losses;

/// <summary>The generators that training knows.</summary>
public static class TrainedGenerators
{
    /// <summary>A generator as training runs it.</summary>
    /// <param name="generator">The network; it stays the caller's.</param>
    /// <exception cref="ArgumentException">No trainer for networks of this kind.</exception>
    public static ITrainedGenerator Of(IGenerator generator) => generator switch
    {
        StyleGan2Generator g => new StyleGan2(g),
        StyleGan3Generator g => new StyleGan3(g),
        _ => throw new ArgumentException($"Networks of the kind {generator?.GetType()} cannot be trained with this loss.", nameof(generator)),
    };

    private sealed class StyleGan2(StyleGan2Generator generator) : ITrainedGenerator
    {
        public Module Module => generator;

        public int ZDim => generator.ZDim;

        public int CDim => generator.CDim;

        public int NumWs => generator.NumWs;

        public Tensor Map(Tensor z, Tensor? c, bool updateAverages) => generator.Mapping.Forward(z, c, updateAverage: updateAverages);

        public Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages) => generator.Synthesis.Forward(ws, noise);
    }

    private sealed class StyleGan3(StyleGan3Generator generator) : ITrainedGenerator
    {
        public Module Module => generator;

        public int ZDim => generator.ZDim;

        public int CDim => generator.CDim;

        public int NumWs => generator.NumWs;

        public Tensor Map(Tensor z, Tensor? c, bool updateAverages) => generator.Mapping.Forward(z, c, updateAverage: updateAverages);

        public Tensor Synthesize(Tensor ws, NoiseInput noise, bool updateAverages) => generator.Synthesis.Forward(ws, updateAverages: updateAverages);
    }
}
