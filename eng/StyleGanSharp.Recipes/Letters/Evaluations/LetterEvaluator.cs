using StyleGanSharp.Metrics.Frechet;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>Compares generated letters with the real ones in the features of a classifier.</summary>
/// <param name="classifier">Trained on the real letters.</param>
/// <param name="letters">The real letters.</param>
/// <param name="real">The same as the classifier sees them.</param>
internal sealed class LetterEvaluator(LetterClassifier classifier, LetterSet letters, SeenLetters real)
{
    private const uint HalvesSeed = 0;

    // Recognition and variety use the seeds from 0; the distance has its own.
    private const uint FrechetSeed = 1_000_000_000;

    /// <summary>Measures everything.</summary>
    /// <param name="name">What the report calls the network.</param>
    /// <param name="maker">Its letters.</param>
    /// <param name="perClass">Letters of each class, at least 2.</param>
    internal LetterEvaluation Evaluate(string name, LetterMaker maker, int perClass)
    {
        int count = letters.Names.Count;
        int[] classes = [.. Enumerable.Range(0, count * perClass).Select(i => i / perClass)];
        SeenLetters truncated = maker.Show(classifier, classes, 0.7, 0), full = maker.Show(classifier, classes, 1, 0);
        ClassEvaluation[] rows = [.. Enumerable.Range(0, count).Select(c => new ClassEvaluation(
            letters.Names[c], truncated.Recognition(c), full.Recognition(c), VarietyOf(full, c) / VarietyOf(real, c)))];
        return new LetterEvaluation
        {
            Network = name,
            PerClass = perClass,
            RecognitionReal = real.Recognition(),
            Recognition07 = truncated.Recognition(),
            Recognition1 = full.Recognition(),
            Variety = rows.Average(r => r.Variety),
            Frechet = Frechet(maker),
            FrechetRealHalves = RealHalves(),
            FrechetLetters = letters.Count,
            Classes = rows,
        };
    }

    /// <summary>The Fréchet distance of generated letters to the real ones: psi 1, as many, of the same classes.</summary>
    internal double Frechet(LetterMaker maker)
    {
        using var scope = new TensorScope();
        SeenLetters generated = maker.Show(classifier, letters.Classes, 1, FrechetSeed);
        return FrechetDistance.Between(All(real), All(generated));
    }

    /// <summary>The same between two random halves of the real letters: what equal distributions have.</summary>
    internal double RealHalves()
    {
        using var scope = new TensorScope();
        int[] order = [.. new NumpyRandom(HalvesSeed).Permutation(letters.Count).Select(i => (int)i)];
        return FrechetDistance.Between(real.Select(order[..(order.Length / 2)]), real.Select(order[(order.Length / 2)..]));
    }

    private static double VarietyOf(SeenLetters seen, int letter)
    {
        using var scope = new TensorScope();
        return Variety.MeanPairwiseDistance(seen.OfClass(letter));
    }

    private static Tensor All(SeenLetters seen) => Tensor.From(seen.Features, [seen.Classes.Length, seen.FeatureSize]);
}
