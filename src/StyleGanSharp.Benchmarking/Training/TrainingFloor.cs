using StyleGanSharp.Benchmarking.Convolutions;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Benchmarking.Training;

/// <summary>
/// The seconds per thousand images that the convolutions of a training take by themselves, each pass measured at its own shapes
/// and weighted with how often the phases run it. With F, D and W for the forward pass, the gradients of data and those of
/// weights, and n images per iteration:
/// <list type="table">
/// <item><term>generator, main</term><description>G: F + D + W; discriminator: F + D (its weights stay)</description></item>
/// <item><term>discriminator, main</term><description>G: F (nothing is recorded); discriminator: twice F + D + W (made and real
/// images)</description></item>
/// <item><term>R1, one iteration of its interval</term><description>discriminator: F + D, and for the gradient of D's result F +
/// W</description></item>
/// <item><term>path length, one iteration of its interval, on its share of the batch</term><description>G: F + D, and for the
/// gradient of D's result F + W</description></item>
/// </list>
/// </summary>
/// <remarks>
/// Second order is counted low on purpose: the gradient of a gradient also runs backwards through the forward pass wherever that
/// is not piecewise linear (modulation, minibatch statistic), which would be up to another D + W. Augmentation, filters,
/// activations, the optimizer and the running average are not in the floor either.
/// </remarks>
internal static class TrainingFloor
{
    /// <summary>Seconds per thousand images.</summary>
    internal static double SecondsPerKimg(TrainedNetworks networks, TrainingOptions options, OperationFloor floor)
    {
        ConvolutionShape[] g = GeneratorConvolutions.Of(networks.Generator), d = DiscriminatorConvolutions.Of(
            networks.Discriminator);
        int batch = options.Batch;
        double r1Share = 1.0 / (options.Trainer.DiscriminatorInterval ?? 1);
        (double gf, double gd, double gw) = Passes(floor, g, batch);
        (double df, double dd, double dw) = Passes(floor, d, batch);
        double iteration = gf + gd + gw + df + dd                       // generator, main
            + gf + (2 * (df + dd + dw))                                 // discriminator, main
            + (r1Share * (df + dd + df + dw));
        if (HasPathLength(options))
        {
            int fewer = Math.Max(1, batch / options.Trainer.Loss.PathLengthBatchShrink);
            (double pf, double pd, double pw) = Passes(floor, g, fewer);
            iteration += (pf + pd + pf + pw) / (options.Trainer.GeneratorInterval ?? 1);
        }

        return iteration * 1000 / batch;
    }

    private static bool HasPathLength(TrainingOptions options) => options.Trainer.Loss.PathLengthWeight > 0;

    private static (double F, double D, double W) Passes(OperationFloor floor, ConvolutionShape[] shapes, int batch) =>
    (
        floor.Seconds(shapes, batch, ConvolutionPass.Forward),
        floor.Seconds(shapes, batch, ConvolutionPass.BackwardData),
        floor.Seconds(shapes, batch, ConvolutionPass.BackwardWeights)
    );
}
