using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.StyleGan3;

/// <summary>
/// The continuous input of the synthesis: fixed random plane waves, moved and turned by w and by the user. Source: Karras et al.
/// (2021), section 3.1 "Fourier features" and section 3.2 "transformed Fourier features".
/// </summary>
public sealed class SynthesisInput : Module
{
    private readonly FullyConnected affine;
    private readonly Tensor weight;
    private readonly Tensor transform;
    private readonly Tensor frequencies;
    private readonly Tensor phases;
    private readonly double samplingRate;
    private readonly double bandwidth;
    private readonly (int Width, int Height) size;

    /// <summary>Creates the input.</summary>
    /// <param name="wDim">Size of w.</param>
    /// <param name="channels">Number of waves and of feature maps.</param>
    /// <param name="size">Samples of the result.</param>
    /// <param name="samplingRate">Samples per image width.</param>
    /// <param name="bandwidth">Highest frequency of the waves, in periods per image width.</param>
    /// <param name="init">First values.</param>
    public SynthesisInput(
        int wDim, int channels, (int Width, int Height) size, double samplingRate, double bandwidth, Initializer init)
    {
        ArgumentNullException.ThrowIfNull(init);
        (this.size, this.samplingRate, this.bandwidth) = (size, samplingRate, bandwidth);
        using var scope = new TensorScope();
        weight = AddParameter("weight", init.Normal([channels, channels]));
        affine = AddModule("affine", CreateAffine(wDim, init));
        transform = AddBuffer("transform", Tensor.From(Flatten(ImageTransform.Identity), [3, 3]))!;
        frequencies = AddBuffer("freqs", Disc(init.Normal([channels, 2])) * bandwidth)!;
        phases = AddBuffer("phases", init.Uniform([channels]) - 0.5)!;
    }

    /// <summary>The transform in effect, 3x3.</summary>
    public double[,] GetTransform()
    {
        using var scope = new TensorScope();
        float[] flat = transform.To(Device.Cpu).ToArray<float>();
        var matrix = new double[3, 3];
        for (int i = 0; i < flat.Length; i++)
        {
            matrix[i / 3, i % 3] = flat[i];
        }

        return matrix;
    }

    /// <summary>Replaces the transform that is applied to every image.</summary>
    /// <param name="matrix">
    /// 3x3, from places in the result to places in the untransformed image; see <see cref="ImageTransform"/>.
    /// </param>
    public void SetTransform(double[,] matrix)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        transform.CopyInPlace(Tensor.From(Flatten(matrix), [3, 3]));
    }

    /// <summary>The raw pose (cosine, sine, x, y) that w asks for, [N, 4], before the rotation is normalised.</summary>
    /// <param name="w">[N, WDim] float32.</param>
    public Tensor Pose(Tensor w)
    {
        // The gradient of a rotation is a small difference of large sums and follows the last bits of the pose: rounded once,
        // they are the same on every processor, however its library multiplies matrices.
        using var scope = new TensorScope();
        return scope.Keep(affine.Forward(w.To(DType.Float64)).To(w.DType));
    }

    /// <summary>Makes the features.</summary>
    /// <param name="w">[N, WDim] float32.</param>
    /// <returns>[N, channels, height, width] float32.</returns>
    public Tensor Forward(Tensor w)
    {
        using var scope = new TensorScope();
        Tensor move = Transform(Pose(w));                                                          // [N, 3, 3]

        // The waves seen through the transform: a shift changes their phases, the rest their frequencies.
        Tensor phase = phases + Product(frequencies, move.Slice(1, 0, 2).Slice(2, 2, 3)).Squeeze(2); // [N, C]
        Tensor frequency = Product(frequencies, move.Slice(1, 0, 2).Slice(2, 0, 2));               // [N, C, 2]

        // Waves that the transform has taken beyond what the sampling rate can hold are faded out.
        Tensor magnitude = frequency.Square().Sum([2]).Sqrt();
        Tensor amplitude = (1 - ((magnitude - bandwidth) / ((samplingRate / 2) - bandwidth))).Clamp(0, 1);

        Tensor x = Places(size.Width).Reshape(1, 1, -1, 1) * Wave(frequency.Select(2, 0));
        Tensor y = Places(size.Height).Reshape(1, -1, 1, 1) * Wave(frequency.Select(2, 1));
        Tensor waves = ((x + y + Wave(phase)) * (2 * Math.PI)).Sin() * Wave(amplitude);            // [N, H, W, C]
        Tensor mixed = waves.MatMul((weight / Math.Sqrt(weight.Size(0))).Transpose(0, 1));
        return scope.Keep(mixed.Permute(0, 3, 1, 2));                                              // [N, C, H, W]
    }

    // Rotation by w, after the shift by w, after the user's transform.
    private Tensor Transform(Tensor pose)
    {
        Tensor t = pose / pose.Slice(1, 0, 2).Square().Sum([1], keepDim: true).Sqrt();
        Tensor c = t.Select(1, 0), s = t.Select(1, 1), zero = c.ZerosLike(), one = zero + 1;
        Tensor rotation = Matrix(c, -s, zero, s, c, zero, zero, zero, one);
        Tensor shift = Matrix(one, zero, -t.Select(1, 2), zero, one, -t.Select(1, 3), zero, zero, one);
        return Product(Product(rotation, shift), transform);
    }

    // Of a few numbers: [..., I, J] and [..., J, K] to [..., I, K].
    private static Tensor Product(Tensor a, Tensor b) => (a.Unsqueeze(-1) * b.Unsqueeze(-3)).Sum([-2]);

    private static Tensor Matrix(params ReadOnlySpan<Tensor> entries) => Tensor.Stack(entries, 1).Reshape(-1, 3, 3);

    private static Tensor Wave(Tensor perChannel) => perChannel.Unsqueeze(1).Unsqueeze(1);         // [N, 1, 1, C]

    // Centres of the samples; the image's width is 1, its middle 0.
    private Tensor Places(int count) =>
        (Tensor.Arange(count, device: frequencies.Device).To(DType.Float32) + (0.5 - (count / 2.0))) / samplingRate;

    // Normal vectors to vectors spread about evenly over the unit disc: the length r becomes e^(-r²/4).
    private static Tensor Disc(Tensor normal)
    {
        Tensor square = normal.Square().Sum([1], keepDim: true);
        return normal / (square.Sqrt() * (square * 0.25).Exp());
    }

    // Training starts from the untransformed waves.
    private static FullyConnected CreateAffine(int wDim, Initializer init)
    {
        var layer = new FullyConnected(wDim, 4, init);
        var values = layer.NamedParameters().ToDictionary(p => p.Name, p => p.Value);
        values["weight"].FillInPlace(0);
        values["bias"].CopyInPlace(Tensor.From([1f, 0, 0, 0], [4]));
        return layer;
    }

    private static float[] Flatten(double[,] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return matrix.GetLength(0) == 3 && matrix.GetLength(1) == 3
            ? [.. matrix.Cast<double>().Select(v => (float)v)]
            : throw new ArgumentException(
                $"A transform is a 3x3 matrix, not {matrix.GetLength(0)}x{matrix.GetLength(1)}.", nameof(matrix));
    }
}
