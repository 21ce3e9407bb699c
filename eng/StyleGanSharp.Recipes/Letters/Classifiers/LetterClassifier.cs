using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Recipes.Letters.Classifiers;

/// <summary>
/// A small convolutional classifier: three convolutions that halve the image, one hidden layer, one score a class.
/// </summary>
internal sealed class LetterClassifier : Module
{
    /// <summary>Numbers that the scores are computed from: the features that letters are compared in.</summary>
    internal const int FeatureSize = 128;

    private static readonly int[] Widths = [16, 32, 64];

    private readonly (Tensor Weight, Tensor Bias)[] convolutions;
    private readonly (Tensor Weight, Tensor Bias) hidden;
    private readonly (Tensor Weight, Tensor Bias) output;

    /// <param name="options">Images and classes.</param>
    /// <param name="init">First values.</param>
    internal LetterClassifier(ClassifierOptions options, Initializer init)
    {
        using var scope = new TensorScope();
        Options = options;
        convolutions = new (Tensor, Tensor)[Widths.Length];
        int channels = options.Channels;
        for (int i = 0; i < Widths.Length; i++)
        {
            convolutions[i] = Layer($"conv{i}", [Widths[i], channels, 3, 3], init);
            channels = Widths[i];
        }

        int side = options.Side >> Widths.Length;
        hidden = Layer("hidden", [FeatureSize, channels * side * side], init);
        output = Layer("output", [options.ClassNames.Count, FeatureSize], init);
    }

    internal ClassifierOptions Options { get; }

    /// <summary>What the network sees in images.</summary>
    /// <param name="pictures">[N, Channels, Side, Side] float32 in [-1, 1].</param>
    /// <returns>[N, 128], not negative.</returns>
    internal Tensor Features(Tensor pictures)
    {
        Shape.Require(pictures, [null, Options.Channels, Options.Side, Options.Side]);
        using var scope = new TensorScope();
        Tensor x = pictures;
        foreach ((Tensor weight, Tensor bias) in convolutions)
        {
            x = Functional.Relu(Functional.Conv2d(x, weight, bias, stride: (2, 2), padding: (1, 1)));
        }

        return scope.Keep(Functional.Relu(Functional.Linear(x.Reshape(x.Size(0), -1), hidden.Weight, hidden.Bias)));
    }

    /// <summary>Scores of the classes; the largest one is the class.</summary>
    /// <param name="features">[N, 128].</param>
    /// <returns>[N, classes].</returns>
    internal Tensor Scores(Tensor features)
    {
        using var scope = new TensorScope();
        return scope.Keep(Functional.Linear(features, output.Weight, output.Bias));
    }

    // He et al., "Delving Deep into Rectifiers" (2015), equation 10: a layer keeps the variance of what it gets.
    private (Tensor Weight, Tensor Bias) Layer(string name, long[] shape, Initializer init)
    {
        long inputs = Shape.Count(shape) / shape[0];
        Tensor weight = AddParameter($"{name}.weight", init.Normal(shape, Math.Sqrt(2.0 / inputs)));
        return (weight, AddParameter($"{name}.bias", Tensor.Zeros([shape[0]])));
    }
}
