using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Training.Steps;

/// <summary>
/// The exponential moving average of the generator's weights. Source: Karras et al. (2018), section 6 and appendix A.
/// </summary>
public static class RunningAverage
{
    /// <summary>The decay of one iteration.</summary>
    /// <param name="options">Half-life and ramp-up, or the decay itself.</param>
    /// <param name="batch">Images of the iteration.</param>
    /// <param name="images">Images seen before it.</param>
    /// <returns>In [0, 1); 0 at the start of a ramp-up: a copy.</returns>
    public static double Beta(TrainerOptions options, int batch, long images)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.AverageDecay is double decay)
        {
            return decay;
        }

        double halfLife = options.AverageRampUp is double share
            ? Math.Min(options.AverageHalfLife, images * share)
            : options.AverageHalfLife;
        return Math.Pow(0.5, batch / Math.Max(halfLife, 1e-8));
    }

    /// <summary>Moves the average: parameters become p + beta (average - p), buffers are copied.</summary>
    public static void Update(Module average, Module trained, double beta)
    {
        ArgumentNullException.ThrowIfNull(average);
        ArgumentNullException.ThrowIfNull(trained);
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        foreach ((NamedTensor own, NamedTensor now) in average.NamedParameters().Zip(trained.NamedParameters()))
        {
            own.Value.CopyInPlace(now.Value.Lerp(own.Value, beta));
        }

        foreach ((NamedTensor own, NamedTensor now) in average.NamedBuffers().Zip(trained.NamedBuffers()))
        {
            own.Value.CopyInPlace(now.Value);
        }
    }
}
