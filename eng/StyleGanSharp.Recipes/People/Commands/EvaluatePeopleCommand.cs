using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Attributes;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Networks.StyleGan2;
using StyleGanSharp.Recipes.Commands;
using StyleGanSharp.Recipes.Images;
using StyleGanSharp.Recipes.People.Evaluations;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.People.Commands;

/// <summary><c>recipes people evaluate</c>: how good the portraits of a network are, as JSON.</summary>
internal static class EvaluatePeopleCommand
{
    private const int PairScale = 4;

    internal static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectRequiredConstructorParameters = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static Command Create(TextWriter results, TextWriter messages)
    {
        Option<string> network = CommandOptions.File(
            "--network", "Network to measure: an unconditional StyleGAN2; its levels are those in its file.");
        Option<string> data = CommandOptions.File("--data", "Data set of all rendered portraits, in their order.");
        Option<string> attributes = CommandOptions.File("--attributes", "Attribute network of 'train-attributes'.");
        Option<string> detector = CommandOptions.File("--detector", "Network of the feature space.");
        var pairs = new Option<string>("--pairs")
        {
            Description = "Image to write: the nearest training portraits side by side.",
            HelpName = "FILE",
        };
        Option<int> heldOut = CommandOptions.Number(
            "--held-out", "Portraits at the end that were kept out of training.", 1000, 2, 1_000_000);
        Option<int> samples = CommandOptions.Number("--samples", "Images of distance, precision and recall.", 5000, 10, 100_000);
        var command = new Command("evaluate", "Measure distance, precision, recall, neighbors, factors and levels; prints JSON.")
        {
            network, data, attributes, detector, pairs, heldOut, samples,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(network)!;
            using IGenerator generator = GeneratorFile.Open(path).Load(out NetworkMetadata metadata);
            using IGenerator untrained = Untrained(generator, path);
            using AttributeNetwork reader = AttributeNetworkFile.Read(parsed.GetValue(attributes)!, Device.Cpu);
            using IFeatureExtractor extractor = FeatureExtractors.Open(parsed.GetValue(detector)!, Device.Cpu);
            ImageSet reals = ReadReals(parsed.GetValue(data)!, generator, reader, parsed.GetValue(heldOut));
            StyleLevels levels = metadata.Levels ?? StyleLevels.Default;
            if (levels.FineLayer >= generator.NumWs)
            {
                throw new RecipeException(
                    $"{path} has {generator.NumWs} w layers and no fine level: store where its levels begin with "
                        + $"'stylegan convert --levels'.");
            }

            var evaluator = new PeopleEvaluator(
                reals, parsed.GetValue(heldOut), new FeatureSpace(extractor), reader, text => messages.WriteLine($"{text} ..."));
            var source = new PeopleSource(generator);
            PeopleEvaluation evaluation = evaluator.Evaluate(
                Path.GetFileName(path), source, new PeopleSource(untrained), levels, parsed.GetValue(samples));
            if (parsed.GetValue(pairs) is { } target)
            {
                ImageFile.Write(target, evaluator.DrawPairs(source, evaluation.Neighbors, PairScale));
            }

            results.WriteLine(JsonSerializer.Serialize(evaluation, Layout));
        });
        return command;
    }

    private static Generator Untrained(IGenerator generator, string path)
    {
        if (generator is not Generator { CDim: 0 } trained)
        {
            throw new RecipeException($"{path} is not an unconditional StyleGAN2.");
        }

        using var draws = new RandomGenerator(0);
        return new Generator(trained.Options, Initializer.Random(draws));
    }

    private static ImageSet ReadReals(string path, IGenerator generator, AttributeNetwork reader, int heldOut)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        ImageSet reals = ImageSet.Read(dataset, path);
        int side = reader.Options.Resolution;
        return reals.Side != side || generator.Width != side || generator.Height != side || reals.Channels != 3
            || generator.ImageChannels != 3
            ? throw new RecipeException($"Data, network and attribute network must all be of {side}x{side} color images.")
            : heldOut > reals.Count / 2
            ? throw new RecipeException($"--held-out {heldOut}: {path} has only {reals.Count} images.")
            : reals;
    }
}
