namespace StyleGanSharp.Torch.Optimizers;

/// <summary>The numbers of one step of <see cref="Adam"/> for one parameter.</summary>
/// <param name="Step">Learning rate over the correction of the mean.</param>
/// <param name="Beta1">Decay of the mean.</param>
/// <param name="Beta2">Decay of the mean square.</param>
/// <param name="RootScale">Factor of the root of the mean square: its correction.</param>
/// <param name="Epsilon">Added to the corrected root.</param>
internal readonly record struct AdamUpdate(double Step, double Beta1, double Beta2, double RootScale, double Epsilon)
{
    /// <summary>
    /// The update in plain tensor operators: the reference for <see cref="AdamKernel"/>, and what runs on other devices.
    /// </summary>
    internal void Apply(Tensor parameter, Tensor gradient, Tensor? mean, Tensor square)
    {
        Tensor direction = gradient;
        if (mean is not null)
        {
            mean.MulInPlace(Beta1).AddInPlace(gradient * (1 - Beta1));
            direction = mean;
        }

        square.MulInPlace(Beta2).AddInPlace(gradient.Square() * (1 - Beta2));
        Tensor root = (square.Sqrt() * RootScale) + Epsilon;
        parameter.SubInPlace((direction / root) * Step);
    }
}
