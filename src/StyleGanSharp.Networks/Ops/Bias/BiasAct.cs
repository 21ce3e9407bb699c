using StyleGanSharp.Networks.Ops.Cuda;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>Bias, activation, gain and clamp: what follows every convolution of the family.</summary>
public static class BiasAct
{
    /// <summary>clamp(gain · activation(x + b)).</summary>
    /// <param name="x">Any shape, floating point.</param>
    /// <param name="bias">[size of <paramref name="dim"/>] or null.</param>
    /// <param name="dim">Dimension that the bias belongs to.</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="slope">Slope of the leaky ReLU below zero; null: 0.2. Other activations have none.</param>
    /// <param name="gain">Factor after the activation; null: the activation's own.</param>
    /// <param name="clamp">Limit of the magnitude, applied last; null: none. The gradient is zero outside.</param>
    /// <returns>Shape and dtype of <paramref name="x"/>.</returns>
    /// <exception cref="ShapeException">The bias does not fit the dimension.</exception>
    public static Tensor Apply(
        Tensor x, Tensor? bias = null, int dim = 1, Activation activation = Activation.Linear, double? slope = null,
        double? gain = null, double? clamp = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (CudaBiasAct.Accepts(x, bias))
        {
            return CudaBiasAct.Apply(x, bias, dim, activation, slope, gain, clamp);
        }

        return Fast(x, bias, dim, activation, slope, gain, clamp) is ActivationShape shape
            ? ActivationFunction.Apply(x, bias, shape)
            : Reference(x, bias, dim, activation, slope, gain, clamp);
    }

    /// <summary>The definition, step by step: what <see cref="Apply"/> is tested against.</summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor Reference(
        Tensor x, Tensor? bias = null, int dim = 1, Activation activation = Activation.Linear, double? slope = null,
        double? gain = null, double? clamp = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = new TensorScope();
        Tensor input = x;
        if (bias is not null)
        {
            x += Broadcast(bias, x, dim);
        }

        x = Activate(x, activation, slope ?? Activations.DefaultSlope);
        double factor = gain ?? activation.DefaultGain();
        x = factor == 1 ? x : x * factor;
        x = clamp is double limit ? x.Clamp(-limit, limit) : x;
        return scope.Keep(ReferenceEquals(x, input) ? x.Alias() : x);
    }

    /// <summary>
    /// The same with the result in <paramref name="x"/>'s own memory, for temporaries where nothing is recorded; falls back to
    /// <see cref="Apply"/> where it is.
    /// </summary>
    /// <inheritdoc cref="Apply"/>
    public static Tensor ApplyToTemporary(
        Tensor x, Tensor? bias = null, int dim = 1, Activation activation = Activation.Linear, double? slope = null,
        double? gain = null, double? clamp = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (CudaBiasAct.Accepts(x, bias))
        {
            return CudaBiasAct.Apply(x, bias, dim, activation, slope, gain, clamp, inPlace: true);
        }

        if (GradMode.IsEnabled || activation is not (Activation.Linear or Activation.LeakyRelu))
        {
            return Apply(x, bias, dim, activation, slope, gain, clamp);
        }

        if (Fast(x, bias, dim, activation, slope, gain, clamp) is ActivationShape shape)
        {
            return ActivationKernel.Forward(x, bias, shape, inPlace: true);
        }

        using var scope = new TensorScope();
        if (bias is not null)
        {
            x.AddInPlace(Broadcast(bias, x, dim));
        }

        if (activation == Activation.LeakyRelu)
        {
            Functional.LeakyReluInPlace(x, slope ?? Activations.DefaultSlope);
        }

        double factor = gain ?? activation.DefaultGain();
        if (factor != 1)
        {
            x.MulInPlace(factor);
        }

        if (clamp is double limit)
        {
            x.ClampInPlace(-limit, limit);
        }

        return x;
    }

    // One pass instead of several, where there are several. Null: the reference's way.
    private static ActivationShape? Fast(
        Tensor x, Tensor? bias, int dim, Activation activation, double? slope, double? gain, double? clamp)
    {
        double factor = gain ?? activation.DefaultGain();
        if ((activation == Activation.Linear && factor == 1 && clamp is null) || !ActivationKernel.Accepts(x, dim)
            || (bias is not null && bias.DType != DType.Float32))
        {
            return null;
        }

        if (bias is not null)
        {
            Shape.Require(bias, [x.Size(dim)]);
        }

        return ActivationShape.Of(activation, slope, factor, clamp);
    }

    private static Tensor Activate(Tensor x, Activation activation, double slope) => activation switch
    {
        Activation.Linear => x,
        Activation.Relu => Functional.Relu(x),
        Activation.LeakyRelu => Functional.LeakyRelu(x, slope),
        Activation.Tanh => Functional.Tanh(x),
        Activation.Sigmoid => Functional.Sigmoid(x),
        Activation.Elu => Functional.Elu(x),
        Activation.Selu => Functional.Selu(x),
        Activation.Softplus => Functional.Softplus(x),
        Activation.Swish => Functional.Sigmoid(x) * x,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    // A bias [C] seen as [1, C, 1, 1] for the rank of x.
    private static Tensor Broadcast(Tensor bias, Tensor x, int dim)
    {
        Shape.Require(bias, [x.Size(dim)]);
        var sizes = new long[x.Dim];
        Array.Fill(sizes, 1);
        sizes[dim] = -1;
        return bias.Reshape(sizes);
    }
}
