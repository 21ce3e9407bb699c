using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>
/// A conditional generator as a source of letters: the images that `generate` writes for a seed, a class and a psi.
/// </summary>
internal sealed class LetterMaker : IDisposable
{
    private readonly IGenerator generator;

    /// <summary>Takes over a generator.</summary>
    /// <param name="generator">It has classes.</param>
    internal LetterMaker(IGenerator generator) => this.generator = generator;

    /// <summary>Reads a generator and checks that it makes images that a classifier knows.</summary>
    /// <exception cref="SnapshotException">The file holds no generator.</exception>
    /// <exception cref="RecipeException">Its images or classes are others.</exception>
    internal static LetterMaker Open(string path, ClassifierOptions expected)
    {
        IGenerator generator = GeneratorFile.Open(path).Load(out NetworkMetadata metadata);
        if (generator.CDim == expected.ClassNames.Count
            && (metadata.ClassNames.Count == 0 || metadata.ClassNames.SequenceEqual(expected.ClassNames))
            && generator.Width == expected.Side && generator.Height == expected.Side
            && generator.ImageChannels == expected.Channels)
        {
            return new LetterMaker(generator);
        }

        generator.Dispose();
        throw new RecipeException(
            $"{path} makes other images or classes than the classifier knows ({expected.ClassNames.Count} classes, "
            + $"{expected.Side}x{expected.Side}, {expected.Channels} channels): name a network trained on the same letters.");
    }

    /// <summary>Makes letters.</summary>
    /// <param name="seeds">Seeds of the latents, [N].</param>
    /// <param name="classes">[N].</param>
    /// <param name="psi">Truncation; without effect on networks that have no average w (ProGAN).</param>
    /// <returns>uint8 [N, C, H, W].</returns>
    internal Tensor Pixels(ReadOnlySpan<uint> seeds, ReadOnlySpan<int> classes, double psi)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        var labels = new float[classes.Length * generator.CDim];
        for (int i = 0; i < classes.Length; i++)
        {
            labels[(i * generator.CDim) + classes[i]] = 1;
        }

        Tensor z = LatentSeeds.Draw(seeds, generator.ZDim).To(DType.Float32);
        Tensor ws = generator.Map(z, Tensor.From(labels, [classes.Length, generator.CDim]));
        Tensor truncated = generator.WAvg is Tensor average ? Truncation.Uniform(psi).Apply(ws, average) : ws;
        return scope.Keep(Networks.Ops.Pixels.Quantize(generator.Synthesize(truncated, NoiseInput.Const)));
    }

    /// <summary>Makes letters and shows them to a classifier: image i has the seed <paramref name="firstSeed"/> + i.</summary>
    internal SeenLetters Show(LetterClassifier classifier, int[] classes, double psi, uint firstSeed) =>
        SeenLetters.Show(classifier, classes, (begin, end) =>
        {
            uint[] seeds = [.. Enumerable.Range(begin, end - begin).Select(i => firstSeed + (uint)i)];
            return Networks.Ops.Pixels.ToFloat(Pixels(seeds, classes.AsSpan(begin, end - begin), psi));
        });

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();
}
