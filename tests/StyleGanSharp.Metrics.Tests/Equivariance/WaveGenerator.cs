using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Tests.Equivariance;

/// <summary>
/// A "network" that draws a plane wave on the continuous image plane: exactly equivariant where it obeys the transform. The
/// latents (phase, amplitude) choose the wave.
/// </summary>
internal sealed class WaveGenerator(int size) : IGenerator, ITransformable
{
    private double[,] matrix = ImageTransform.Identity;

    public int ZDim => 1;

    public int CDim { get; init; }

    public int WDim => 1;

    public int NumWs => 1;

    public int Width => size;

    public int Height => size;

    public int ImageChannels => 1;

    public Tensor? WAvg => null;

    public IReadOnlyList<int> NoiseResolutions => [];

    /// <summary>Periods per image, to the right and downwards.</summary>
    public (double X, double Y) Frequency { get; init; } = (2.3, -1.1);

    /// <summary>Height of the wave.</summary>
    public double Amplitude { get; init; } = 1;

    /// <summary>Whether the transform is obeyed.</summary>
    public bool Obeys { get; init; } = true;

    /// <summary>Sizes of all batches so far.</summary>
    public List<long> Batches { get; } = [];

    /// <summary>Labels of all images so far.</summary>
    public List<float[]> Labels { get; } = [];

    public bool IsUntransformed => matrix.Cast<double>().SequenceEqual(ImageTransform.Identity.Cast<double>());

    public double[,] GetTransform() => ImageTransform.Identity;

    public void SetTransform(double[,] matrix) => this.matrix = matrix;

    public Tensor Map(Tensor z, Tensor? c)
    {
        Batches.Add(z.Size(0));
        if (c is not null)
        {
            Labels.AddRange(c.Unbind(0).Select(row => row.ToArray<float>()));
        }

        return z.Reshape(-1, 1, 1);
    }

    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        double[,] m = Obeys ? matrix : ImageTransform.Identity;
        Tensor axis = (Tensor.Arange(size, DType.Float64) + (0.5 - (size / 2.0))) / size;
        Tensor x = axis.Reshape(1, 1, 1, size), y = axis.Reshape(1, 1, size, 1);
        Tensor phase = (x * Along(m, 0)) + (y * Along(m, 1)) + Along(m, 2) + ws.To(DType.Float64).Reshape(-1, 1, 1, 1);
        return ((phase * (2 * Math.PI)).Cos() * Amplitude).To(DType.Float32);
    }

    public void To(Device device)
    {
    }

    public void Dispose()
    {
    }

    private double Along(double[,] m, int column) => (Frequency.X * m[0, column]) + (Frequency.Y * m[1, column]);
}
