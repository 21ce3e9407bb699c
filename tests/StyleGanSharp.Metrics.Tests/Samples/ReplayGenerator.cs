using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Samples;

/// <summary>"Generates" the images of a data set one after the other, whatever the latents.</summary>
internal sealed class ReplayGenerator(ImageDataset dataset) : IGenerator
{
    private int next;

    public int ZDim => 4;

    public int CDim => 0;

    public int WDim => 4;

    public int NumWs => 1;

    public int Width => dataset.Width;

    public int Height => dataset.Height;

    public int ImageChannels => dataset.Channels;

    public Tensor? WAvg => null;

    public IReadOnlyList<int> NoiseResolutions => [];

    public Tensor Map(Tensor z, Tensor? c) => z.Unsqueeze(1);

    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        using var scope = new TensorScope();
        int count = (int)ws.Size(0);
        var pixels = new byte[count * dataset.ImageBytes];
        for (int i = 0; i < count; i++)
        {
            dataset.Read(next++ % dataset.Count, pixels.AsSpan(i * dataset.ImageBytes, dataset.ImageBytes));
        }

        Tensor images = Tensor.From(pixels, [count, ImageChannels, Height, Width]).To(DType.Float32);
        return scope.Keep((images - 127.75) / 127.5); // Cut off after x 127.5 + 128, this is the byte again.
    }

    public void To(Device device)
    {
    }

    public void Dispose()
    {
    }
}
