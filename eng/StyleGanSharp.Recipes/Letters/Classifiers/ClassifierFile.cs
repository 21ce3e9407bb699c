using System.Text.Json;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Letters.Classifiers;

/// <summary>A classifier as a safetensors file, with its options as JSON in the metadata.</summary>
internal static class ClassifierFile
{
    private const string OptionsKey = "letter_classifier";
    private const int MaxClasses = 1000;

    /// <summary>Writes a classifier; the file is complete or is not there.</summary>
    internal static void Write(string path, LetterClassifier classifier) => Safetensors.Write(
        path,
        classifier.NamedTensors().Select(t => (t.Name, t.Value)),
        new Dictionary<string, string> { [OptionsKey] = JsonSerializer.Serialize(classifier.Options) });

    /// <summary>Reads a classifier; its options and shapes are checked before it takes memory.</summary>
    /// <exception cref="SafetensorsException">The file is damaged or something else.</exception>
    /// <exception cref="RecipeException">It holds no classifier of letters.</exception>
    internal static LetterClassifier Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new RecipeException($"{path} does not exist: make it with 'recipes letters train-classifier'.");
        }

        using SafetensorsSource source = Safetensors.Open(path);
        ClassifierOptions options = Parse(path, source.Metadata.GetValueOrDefault(OptionsKey));
        if (source.Entries.Values.FirstOrDefault(e => e.Type != DType.Float32) is not null)
        {
            throw Other(path);
        }

        var classifier = new LetterClassifier(options, Initializer.ForLoading);
        try
        {
            classifier.Load(source.Entries.ToDictionary(e => e.Key, e => e.Value.Shape), source.ReadInto);
            return classifier;
        }
        catch (LoadException e)
        {
            classifier.Dispose();
            throw new RecipeException(
                $"{path} is not a classifier of this program, make it anew with 'recipes letters train-classifier': {e.Message}.");
        }
    }

    private static ClassifierOptions Parse(string path, string? text)
    {
        try
        {
            ClassifierOptions? options = JsonSerializer.Deserialize<ClassifierOptions>(text ?? "null");
            return options is
            {
                Side: 8 or 16 or 32 or 64, Channels: 1 or 3 or 4,
                ClassNames: { Count: > 0 and <= MaxClasses } names
            }
                && ClassNames.Problem(names, names.Count) is null
                ? options
                : throw Other(path);
        }
        catch (JsonException)
        {
            throw Other(path);
        }
    }

    private static RecipeException Other(string path) =>
        new($"{path} holds no classifier of letters: make one with 'recipes letters train-classifier'.");
}
