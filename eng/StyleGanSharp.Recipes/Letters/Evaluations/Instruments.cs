using StyleGanSharp.Recipes.Letters.Classifiers;

namespace StyleGanSharp.Recipes.Letters.Evaluations;

/// <summary>A classifier with the real letters it is asked about.</summary>
internal sealed class Instruments : IDisposable
{
    private Instruments(LetterClassifier classifier, LetterEvaluator evaluator) =>
        (Classifier, Evaluator) = (classifier, evaluator);

    internal LetterClassifier Classifier { get; }

    internal LetterEvaluator Evaluator { get; }

    /// <summary>Reads both and shows the letters to the classifier.</summary>
    internal static Instruments Open(string classifierPath, string data)
    {
        LetterClassifier classifier = ClassifierFile.Read(classifierPath);
        try
        {
            LetterSet letters = LetterSet.Read(data);
            classifier.Options.Require(letters, data);
            if (letters.Classes.CountBy(c => c).Any(c => c.Value < 2) || letters.Classes.Distinct().Count() < letters.Names.Count)
            {
                throw new RecipeException(
                    $"{data} has classes of fewer than 2 images, whose variety is nothing: use more images.");
            }

            return new Instruments(classifier, new LetterEvaluator(classifier, letters, SeenLetters.Show(classifier, letters)));
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Classifier.Dispose();
}
