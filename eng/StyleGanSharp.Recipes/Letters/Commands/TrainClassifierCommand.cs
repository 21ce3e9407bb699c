using System.CommandLine;
using System.Diagnostics;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Recipes.Letters.Evaluations;

namespace StyleGanSharp.Recipes.Letters.Commands;

/// <summary>
/// <c>recipes letters train-classifier</c>: a classifier of real letters, and how well it does on fonts it has not seen.
/// </summary>
internal static class TrainClassifierCommand
{
    private const double WantedAccuracy = 0.9;

    internal static Command Create(TextWriter messages)
    {
        Option<string> data = CommandOptions.File("--data", "Data set of letters.");
        Option<string> heldOut = CommandOptions.File("--held-out", "Data set of letters in other fonts.");
        Option<string> target = CommandOptions.File("--out", "The classifier, a safetensors file.");
        Option<int> epochs = CommandOptions.Number(
            "--epochs", "Times that every letter is seen.", new ClassifierTrainingOptions().Stages.Epochs, 1, 1000);
        Option<int> seed = CommandOptions.Number("--seed", "Seed.", 0, 0, int.MaxValue);
        var command = new Command(
            "train-classifier",
            "Train a classifier of letters; it is written when it is right on 90 % of the held-out ones.") { data, heldOut,
            target, epochs, seed };
        command.SetAction(parsed =>
        {
            LetterSet letters = LetterSet.Read(parsed.GetValue(data)!), others = LetterSet.Read(parsed.GetValue(heldOut)!);
            ClassifierOptions.For(letters).Require(others, parsed.GetValue(heldOut)!);
            var options = new ClassifierTrainingOptions
            {
                Stages = new() { Epochs = parsed.GetValue(epochs) },
                Seed = (uint)parsed.GetValue(seed),
            };
            var watch = Stopwatch.StartNew();
            using LetterClassifier classifier = ClassifierTraining.Train(letters, options, (epoch, loss) =>
                messages.WriteLine(
                    $"epoch {epoch,3} of {options.Stages.Epochs}  loss {loss:0.0000}  {watch.Elapsed.TotalSeconds:0} s"));
            double accuracy = SeenLetters.Show(classifier, others).Recognition();
            double known = SeenLetters.Show(classifier, letters).Recognition();
            messages.WriteLine(
                $"Right on {accuracy:P2} of {others.Count} letters in held-out fonts, "
                    + $"on {known:P2} of the {letters.Count} it was trained on.");
            if (accuracy < WantedAccuracy)
            {
                throw new RecipeException(
                    $"{accuracy:P2} on held-out fonts are less than the {WantedAccuracy:P0} that make it fit to judge: "
                        + $"train longer or with more fonts.");
            }

            ClassifierFile.Write(parsed.GetValue(target)!, classifier);
        });
        return command;
    }
}
