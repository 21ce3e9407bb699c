using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Modules;
using StyleGanSharp.Torch.Optimizers;

namespace StyleGanSharp.Torch.Tests.Optimizers;

public sealed class AdamTests
{
    [Theory, NoLeaks]
    [InlineData(0, 0.99)]
    [InlineData(0.9, 0.999)]
    public void Steps_are_those_of_the_formula(double beta1, double beta2)
    {
        const double rate = 0.1, epsilon = 1e-8;
        using var scope = new TensorScope();
        Tensor parameter = Tensor.From([1.0f, -2.0f, 0.5f], [3]);
        using var adam = new Adam(
            [new NamedTensor("p", parameter)],
            new AdamOptions { LearningRate = rate, Beta1 = beta1, Beta2 = beta2, Epsilon = epsilon });
        float[][] gradients = [[0.3f, -0.1f, 0], [0.1f, 0.4f, -2f], [-0.5f, 0.2f, 1e-6f]];

        double[] p = [1, -2, 0.5], m = new double[3], v = new double[3];
        for (int t = 1; t <= gradients.Length; t++)
        {
            adam.Step([Tensor.From(gradients[t - 1], [3])]);
            for (int i = 0; i < 3; i++)
            {
                double g = gradients[t - 1][i];
                m[i] = (beta1 * m[i]) + ((1 - beta1) * g);
                v[i] = (beta2 * v[i]) + ((1 - beta2) * g * g);
                p[i] -= rate * (m[i] / (1 - Math.Pow(beta1, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(beta2, t))) + epsilon);
            }
        }

        Close.To(Tensor.From(p, [3]), parameter, 1e-6, "parameter");
    }

    [Fact, NoLeaks]
    public void One_pass_equals_the_plain_operators()
    {
        using var scope = new TensorScope();
        using var generator = new RandomGenerator(3);
        long[] shape = [70_001]; // More than one part per thread, and no multiple of any vector width.
        Tensor start = Tensor.RandN(shape, generator), fast = start.Clone(), plain = start.Clone();
        Tensor fastMean = start.ZerosLike(), plainMean = start.ZerosLike(), fastSquare = start.ZerosLike(),
            plainSquare = start.ZerosLike();
        for (int t = 1; t <= 3; t++)
        {
            Tensor gradient = Tensor.RandN(shape, generator);
            var update = new AdamUpdate(0.01, 0.9, 0.99, 3.2 / t, 1e-8);
            long version = fast.Version;
            AdamKernel.Apply(fast, gradient, fastMean, fastSquare, update);
            update.Apply(plain, gradient, plainMean, plainSquare);
            Assert.True(fast.Version > version, "what is derived from the parameter must notice");
        }

        Close.To(plain, fast, 1e-6, "parameter");
        Close.To(plainMean, fastMean, 1e-6, "mean");
        Close.To(plainSquare, fastSquare, 1e-6, "square");
    }

    [Fact, NoLeaks]
    public void Without_gradient_nothing_moves_and_no_step_counts()
    {
        using var scope = new TensorScope();
        Tensor a = Tensor.Ones([2]), b = Tensor.Ones([2]);
        using var adam = new Adam([new NamedTensor("a", a), new NamedTensor("b", b)], new AdamOptions { Beta1 = 0 });
        adam.Step([Tensor.Ones([2]), null]);

        Assert.Equal([1f, 1f], b.ToArray<float>());
        Assert.NotEqual([1f, 1f], a.ToArray<float>());
        Assert.Equal(["step.a", "square.a"], adam.State().Select(s => s.Name));
    }

    [Theory, NoLeaks]
    [InlineData(0)]
    [InlineData(0.9)]
    public void State_continues_bit_for_bit(double beta1)
    {
        using var scope = new TensorScope();
        using var generator = new RandomGenerator(1);
        var options = new AdamOptions { Beta1 = beta1 };
        Tensor first = Tensor.RandN([5, 3], generator);
        using var adam = new Adam([new NamedTensor("p", first)], options);
        adam.Step([Tensor.RandN([5, 3], generator)]);

        Tensor second = first.Clone();
        using var resumed = new Adam([new NamedTensor("p", second)], options);
        resumed.LoadState(adam.State().ToDictionary(t => t.Name, t => t.Value.Clone()));
        Tensor gradient = Tensor.RandN([5, 3], generator);
        adam.Step([gradient]);
        resumed.Step([gradient]);

        Assert.Equal(first.ToArray<float>(), second.ToArray<float>());
    }

    [Fact, NoLeaks]
    public void State_that_does_not_fit_is_refused()
    {
        using var scope = new TensorScope();
        Tensor p = Tensor.Ones([2]);
        using var adam = new Adam([new NamedTensor("p", p)], new AdamOptions());
        var incomplete = new Dictionary<string, Tensor> { ["step.p"] = Tensor.From([1L], []), ["square.p"] = Tensor.Ones([2]) };
        Assert.Contains("mean.p", Assert.Throws<LoadException>(() => adam.LoadState(incomplete)).Message,
            StringComparison.Ordinal);
        var wrong = new Dictionary<string, Tensor>(incomplete) { ["mean.p"] = Tensor.Ones([3]) };
        Assert.Contains("mean.p", Assert.Throws<LoadException>(() => adam.LoadState(wrong)).Message, StringComparison.Ordinal);
        Assert.Empty(adam.State());
    }

    [Fact]
    public void Lazy_regularization_scales_the_settings()
    {
        AdamOptions lazy = new AdamOptions { LearningRate = 0.002, Beta1 = 0, Beta2 = 0.99 }.ForLazyRegularization(4);
        Assert.Equal(0.0016, lazy.LearningRate, 1e-15);
        Assert.Equal(0, lazy.Beta1);
        Assert.Equal(0.9919919678228657, lazy.Beta2, 1e-15);
    }
}
