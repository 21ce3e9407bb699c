using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Tests.Letters.Classifiers;

[WithTensorScope]
public sealed class ClassifierFileTests
{
    private static readonly ClassifierOptions Options = new() { Side = 8, Channels = 1, ClassNames = ["A", "B"] };

    [Fact]
    public void What_is_written_is_read()
    {
        using var folder = new TemporaryFolder();
        using var draws = new RandomGenerator(1);
        using var classifier = new LetterClassifier(Options, Initializer.Random(draws));
        ClassifierFile.Write(folder["c.safetensors"], classifier);
        using LetterClassifier read = ClassifierFile.Read(folder["c.safetensors"]);
        Assert.Equal(Options.ClassNames, read.Options.ClassNames);
        Tensor pictures = Tensor.RandN([3, 1, 8, 8], draws);
        Assert.Equal(
            classifier.Scores(classifier.Features(pictures)).ToArray<float>(), read.Scores(
                read.Features(pictures)).ToArray<float>());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("""{"Side":7,"Channels":1,"ClassNames":["A","B"]}""")]
    [InlineData("""{"Side":8,"Channels":9,"ClassNames":["A","B"]}""")]
    [InlineData("""{"Side":8,"Channels":1,"ClassNames":[]}""")]
    [InlineData("""{"Side":8,"Channels":1,"ClassNames":["A","A"]}""")]
    [InlineData("""{"Side":8,"Channels":1,"ClassNames":["A",null]}""")]
    [InlineData("""{"Side":8,"Channels":1,"ClassNames":["A","B"]}""")]
    public void Other_files_are_refused(string? options)
    {
        using var folder = new TemporaryFolder();
        var metadata = options is null ? null : new Dictionary<string, string> { ["letter_classifier"] = options };
        Safetensors.Write(folder["c.safetensors"], [("conv0.weight", Tensor.Zeros([1]))], metadata);
        var error = Assert.Throws<RecipeException>(() => ClassifierFile.Read(folder["c.safetensors"]));
        Assert.Contains("train-classifier", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_damaged_files_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<RecipeException>(() => ClassifierFile.Read(folder["none"]));
        File.WriteAllText(folder["text"], "no safetensors at all");
        Assert.Throws<SafetensorsException>(() => ClassifierFile.Read(folder["text"]));
    }
}
