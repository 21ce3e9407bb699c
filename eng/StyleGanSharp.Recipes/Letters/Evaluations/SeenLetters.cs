using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>Letters as a classifier sees them.</summary>
/// <param name="Classes">What they are, [N].</param>
/// <param name="Answers">What the classifier takes them for, [N].</param>
/// <param name="Features">[N, F], row by row.</param>
internal sealed record SeenLetters(int[] Classes, int[] Answers, float[] Features)
{
    private const int Batch = 128;

    /// <summary>Features of a letter, F.</summary>
    internal int FeatureSize => Features.Length / Classes.Length;

    /// <summary>Shows letters to a classifier.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="classes">What they are, [N].</param>
    /// <param name="pictures">The images from the first number to before the second, [n, C, H, W] float32 in [-1, 1].</param>
    internal static SeenLetters Show(LetterClassifier classifier, int[] classes, Func<int, int, Tensor> pictures)
    {
        using GradMode mode = GradMode.Off();
        var features = new float[classes.Length * LetterClassifier.FeatureSize];
        var answers = new int[classes.Length];
        for (int begin = 0; begin < classes.Length; begin += Batch)
        {
            using var scope = new TensorScope();
            int end = Math.Min(begin + Batch, classes.Length);
            Tensor seen = classifier.Features(pictures(begin, end));
            seen.ToArray<float>().CopyTo(features, begin * LetterClassifier.FeatureSize);
            float[] scores = classifier.Scores(seen).ToArray<float>();
            int count = scores.Length / (end - begin);
            for (int i = begin; i < end; i++)
            {
                ReadOnlySpan<float> own = scores.AsSpan((i - begin) * count, count);
                answers[i] = Largest(own);
            }
        }

        return new SeenLetters(classes, answers, features);
    }

    /// <summary>Shows the real letters.</summary>
    internal static SeenLetters Show(LetterClassifier classifier, LetterSet letters)
    {
        int[] all = [.. Enumerable.Range(0, letters.Count)];
        return Show(classifier, letters.Classes, (begin, end) => letters.Images.Augmented(all.AsSpan(begin, end - begin)));
    }

    /// <summary>Share of the letters that are taken for what they are.</summary>
    /// <param name="letter">Only those of this class; null: all.</param>
    internal double Recognition(int? letter = null)
    {
        int[] asked = [.. Enumerable.Range(0, Classes.Length).Where(i => letter is null || Classes[i] == letter)];
        return (double)asked.Count(i => Answers[i] == Classes[i]) / asked.Length;
    }

    /// <summary>The features of some letters.</summary>
    /// <returns>[n, F] float64.</returns>
    internal Tensor Select(IEnumerable<int> indices)
    {
        double[] values =
            [.. indices.SelectMany(i => Features[(i * FeatureSize)..((i + 1) * FeatureSize)]).Select(v => (double)v)];
        return Tensor.From(values, [values.Length / FeatureSize, FeatureSize]);
    }

    /// <summary>The features of all letters of a class.</summary>
    /// <inheritdoc cref="Select"/>
    internal Tensor OfClass(int letter) => Select(Enumerable.Range(0, Classes.Length).Where(i => Classes[i] == letter));

    private static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }
}
