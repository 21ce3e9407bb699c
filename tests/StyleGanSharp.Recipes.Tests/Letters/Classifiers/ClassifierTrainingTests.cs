using System.Security.Cryptography;
using StyleGanSharp.Recipes.Letters;
using StyleGanSharp.Recipes.Letters.Classifiers;
using StyleGanSharp.Recipes.Letters.Evaluations;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Tests.Letters.Classifiers;

public sealed class ClassifierTrainingTests
{
    private static readonly ClassifierTrainingOptions Short = new() { Stages = new() { Epochs = 8, Batch = 16 }, Shift = 1 };

    [Fact]
    public void A_toy_set_is_learnt_and_pictures_never_seen_are_recognised()
    {
        var losses = new List<double>();
        using LetterClassifier classifier = ClassifierTraining.Train(Toys.Set(300, 1), Short, (_, loss) => losses.Add(loss));
        Assert.Equal(Short.Stages.Epochs, losses.Count);
        Assert.True(losses[^1] < losses[0] / 3, $"The loss went from {losses[0]} to {losses[^1]}.");
        double recognition = SeenLetters.Show(classifier, Toys.Set(150, 2)).Recognition();
        Assert.True(recognition >= 0.95, $"Only {recognition:P1} are recognised.");
    }

    [Fact]
    public void The_seed_decides_everything()
    {
        using var folder = new TemporaryFolder();
        string Train(uint seed)
        {
            using LetterClassifier classifier = ClassifierTraining.Train(
                Toys.Set(60, 1), Short with { Stages = Short.Stages with { Epochs = 2 }, Seed = seed });
            ClassifierFile.Write(folder["c.safetensors"], classifier);
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder["c.safetensors"])));
        }

        string first = Train(3);
        Assert.Equal(first, Train(3));
        Assert.NotEqual(first, Train(4));
    }

    [Fact, WithTensorScope]
    public void The_loss_is_the_mean_negative_logarithm_of_the_softmax()
    {
        double expected = (-Math.Log(Math.Exp(2) / (Math.Exp(2) + Math.Exp(1) + 1)) - Math.Log(1 / 3.0)) / 2;
        Tensor scores = Tensor.From([2f, 1, 0, 5, 5, 5], [2, 3]);
        Assert.Equal(expected, ClassifierTraining.CrossEntropy(scores, [0, 2]).Item(), 1e-6);
    }

    [Fact, WithTensorScope]
    public void Shifts_move_pictures_and_repeat_their_border()
    {
        LetterSet letters = Toys.Set(1, 1);
        float[] still = letters.Images.Augmented([0]).ToArray<float>();
        float[] moved = letters.Images.Augmented([0], _ => (1, -2, false)).ToArray<float>();
        for (int y = 0; y < Toys.Side; y++)
        {
            for (int x = 0; x < Toys.Side; x++)
            {
                int from = (Math.Min(y + 2, Toys.Side - 1) * Toys.Side) + Math.Max(x - 1, 0);
                Assert.Equal(still[from], moved[(y * Toys.Side) + x]);
            }
        }

        Assert.NotEqual(still, moved);
    }
}
