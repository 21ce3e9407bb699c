namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>Names and defaults of the activation functions.</summary>
public static class Activations
{
    /// <summary>Slope of the leaky ReLU below zero throughout the family (Karras et al. 2018, Table 2).</summary>
    public const double DefaultSlope = 0.2;

    private static readonly (string Name, Activation Value)[] Names =
    [
        ("linear", Activation.Linear), ("relu", Activation.Relu), ("lrelu", Activation.LeakyRelu), ("tanh", Activation.Tanh),
        ("sigmoid", Activation.Sigmoid), ("elu", Activation.Elu), ("selu", Activation.Selu), ("softplus", Activation.Softplus),
        ("swish", Activation.Swish),
    ];

    /// <summary>
    /// Gain that restores unit variance for normally distributed input: √2 where half of it is cut off (He et al. 2015), else 1.
    /// </summary>
    public static double DefaultGain(this Activation activation) =>
        activation is Activation.Relu or Activation.LeakyRelu or Activation.Swish ? Math.Sqrt(2) : 1;

    /// <summary>The activation of the name used in snapshots, e.g. <c>lrelu</c>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Activation Parse(string name)
    {
        foreach ((string known, Activation value) in Names)
        {
            if (known == name)
            {
                return value;
            }
        }

        throw new ArgumentException(
            $"'{name}' is not an activation: expected one of {string.Join(", ", Names.Select(n => n.Name))}.", nameof(name));
    }

    /// <summary>The name used in snapshots.</summary>
    public static string Name(this Activation activation) => Names.First(n => n.Value == activation).Name;
}
