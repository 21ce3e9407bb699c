namespace StyleGanSharp.Networks.Ops.Bias;

/// <summary>
/// A leaky ReLU with gain and clamp: y = clamp(gain · (v, or slope·v below zero)). Piecewise linear, so y alone tells its
/// derivative.
/// </summary>
/// <param name="Slope">Slope below zero, not negative.</param>
/// <param name="Gain">Positive factor.</param>
/// <param name="Limit">Limit of the magnitude after the gain; infinite: none.</param>
internal readonly record struct ActivationShape(float Slope, float Gain, float Limit)
{
    /// <summary>The shape of a call; null: it is no leaky ReLU.</summary>
    internal static ActivationShape? Of(Activation activation, double? slope, double gain, double? clamp)
    {
        double? below = activation switch
        {
            Activation.Linear => 1,
            Activation.Relu => 0,
            Activation.LeakyRelu => slope ?? Activations.DefaultSlope,
            _ => null,
        };
        return below is >= 0 and double s && gain > 0
            ? new ActivationShape((float)s, (float)gain, (float)(clamp ?? double.PositiveInfinity)) : null;
    }
}
