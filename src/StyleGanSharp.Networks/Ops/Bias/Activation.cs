namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>
/// Activation functions of the StyleGAN family. Each has a default slope and gain, see <see cref="Activations"/>.
/// </summary>
public enum Activation
{
    /// <summary>x</summary>
    Linear,

    /// <summary>max(x, 0)</summary>
    Relu,

    /// <summary>x where positive, else slope·x; slope 0.2 by default.</summary>
    LeakyRelu,

    /// <summary>tanh(x)</summary>
    Tanh,

    /// <summary>1 / (1 + e^-x)</summary>
    Sigmoid,

    /// <summary>x where positive, else e^x - 1</summary>
    Elu,

    /// <summary>The self-normalising variant of ELU.</summary>
    Selu,

    /// <summary>log(1 + e^x)</summary>
    Softplus,

    /// <summary>x · sigmoid(x)</summary>
    Swish,
}
