using System.CommandLine;
using System.Diagnostics;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.People.Attributes;

namespace StyleGanSharp.Recipes.People.Commands;

/// <summary><c>recipes people train-attributes</c>: the attribute network, and how well it reads held-out portraits.</summary>
internal static class TrainAttributesCommand
{
    internal static Command Create(TextWriter results, TextWriter messages)
    {
        Option<string> data = CommandOptions.File("--data", "Data set of all rendered portraits, in their order.");
        Option<string> portraits = CommandOptions.File("--portraits", "Folder with labels, landmarks and maps.", "DIR");
        Option<string> target = CommandOptions.File("--out", "The network, a safetensors file.");
        Option<int> heldOut = CommandOptions.Number(
            "--held-out", "Portraits at the end that are kept out of training.", 1000, 2, 1_000_000);
        Option<int> epochs = CommandOptions.Number(
            "--epochs", "Times that every portrait is seen.", new AttributeTrainingOptions().Stages.Epochs, 1, 1000);
        var command = new Command("train-attributes", "Train the attribute network on the labels of the rendered portraits.")
        {
            data, portraits, target, heldOut, epochs,
        };
        command.SetAction(parsed =>
        {
            PortraitSet set = PortraitSet.Read(parsed.GetValue(data)!, parsed.GetValue(portraits)!);
            int count = set.Count - parsed.GetValue(heldOut);
            if (count < 2)
            {
                throw new RecipeException($"--held-out {parsed.GetValue(heldOut)}: there are only {set.Count} portraits.");
            }

            var options = new AttributeTrainingOptions { Stages = new() { Epochs = parsed.GetValue(epochs) } };
            var watch = Stopwatch.StartNew();
            using AttributeNetwork network = AttributeTraining.Train(set, count, options, (epoch, loss) =>
                messages.WriteLine(
                    $"epoch {epoch,3} of {options.Stages.Epochs}  loss {loss:0.0000}  {watch.Elapsed.TotalSeconds:0} s"));
            AttributeNetworkFile.Write(parsed.GetValue(target)!, network);
            AttributeQuality quality = AttributeQuality.Measure(network, set, count);
            results.WriteLine($"On {quality.Portraits} held-out portraits, R2 of values and accuracy of presences:");
            foreach ((string name, double value) in quality.Attributes)
            {
                results.WriteLine($"{name,-22} {value,7:0.000}");
            }

            results.WriteLine($"{"landmarks",-22} {quality.LandmarkError,7:0.00} pixels of {set.Images.Side} (mean distance)");
        });
        return command;
    }
}
