using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Samples;

/// <summary>Images of one level, a little above it or below by z; the class of the label is added to the level.</summary>
internal sealed class FlatGenerator(double level, int classes = 0) : IGenerator
{
    public int ZDim => 4;

    public int CDim => classes;

    public int WDim => 4;

    public int NumWs => 1;

    public int Width => 32;

    public int Height => 32;

    public int ImageChannels => 3;

    public Tensor? WAvg => null;

    public IReadOnlyList<int> NoiseResolutions => [];

    /// <summary>How often each class was asked for.</summary>
    public int[] Asked { get; } = new int[classes];

    public Tensor Map(Tensor z, Tensor? c)
    {
        Assert.Equal(classes > 0, c is not null);
        foreach (float[] row in c?.ToArray<float>().Chunk(classes) ?? [])
        {
            Asked[Array.IndexOf(row, 1)]++;
        }

        return z.Unsqueeze(1);
    }

    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        using var scope = new TensorScope();
        Tensor levels = (ws.Slice(2, 0, 3).Reshape(-1, 3, 1, 1) * 0.1) + level;
        return scope.Keep(levels.Expand(-1, 3, Height, Width).Contiguous());
    }

    public void To(Device device)
    {
    }

    public void Dispose()
    {
    }
}
