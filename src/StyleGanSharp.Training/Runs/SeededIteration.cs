using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks.Latents;
using StyleGanSharp.Torch;
using StyleGanSharp.Training.Losses;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Runs;

/// <summary>The random numbers of one iteration of a run, all derived from (seed, rank, images seen).</summary>
internal sealed class SeededIteration : IIterationDraws, IDisposable
{
    private readonly RunPlace place;
    private readonly DatasetView data;
    private readonly int zDim;
    private readonly int batch;
    private readonly Augmentation? augmentation;
    private readonly Device device;
    private RandomGenerator? current;

    /// <summary>Prepares the draws.</summary>
    /// <param name="place">Where in the run.</param>
    /// <param name="data">Labels of generated images are those of random items.</param>
    /// <param name="zDim">Size of the latents.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="augmentation">Gets a generator for every round; null: none.</param>
    /// <param name="device">
    /// Where the loss's numbers are drawn: noise is as large as images. Latents and augmentation are drawn on the CPU.
    /// </param>
    internal SeededIteration(RunPlace place, DatasetView data, int zDim, int batch, Augmentation? augmentation, Device device)
    {
        (this.place, this.data, this.zDim, this.batch, this.augmentation, this.device) = (
            place, data, zDim, batch, augmentation, device);
    }

    /// <inheritdoc/>
    public (Tensor Latents, Tensor? Labels) Inputs(int phase)
    {
        using var generator = new RandomGenerator(place.Seed(DrawPurpose.Latents, phase));
        Tensor z = Tensor.RandN([batch, zDim], generator);
        if (!data.UsesLabels)
        {
            return (z, null);
        }

        var numbers = new NumpyRandom((uint)place.Seed(DrawPurpose.Labels, phase));
        float[] labels = new float[batch * data.LabelSize];
        for (int i = 0; i < batch; i++)
        {
            data.CopyLabel((int)numbers.RandInt(data.Count), labels.AsSpan(i * data.LabelSize, data.LabelSize));
        }

        return (z, Tensor.From(labels, [batch, data.LabelSize]));
    }

    /// <inheritdoc/>
    public ILossDraws Loss(int phase, int round)
    {
        current?.Dispose();
        current = new RandomGenerator(place.Seed(DrawPurpose.Loss, phase, round), device);
        augmentation?.Begin(place.Seed(DrawPurpose.Augmentation, phase, round));
        return new SeededLossDraws(current, new NumpyRandom((uint)place.Seed(DrawPurpose.Numbers, phase, round)));
    }

    /// <inheritdoc/>
    public void Dispose() => current?.Dispose();
}
