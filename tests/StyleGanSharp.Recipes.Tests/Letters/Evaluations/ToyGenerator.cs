using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Recipes.Tests.Letters.Evaluations;

/// <summary>A generator of <see cref="Toys"/>: w is z and the label; z chooses place and brightness.</summary>
/// <param name="draw">The class that is drawn for a class that is asked for.</param>
/// <param name="varied">False: z is ignored.</param>
internal sealed class ToyGenerator(Func<int, int> draw, bool varied = true) : IGenerator
{
    private const int Latents = 3;

    public int ZDim => Latents;

    public int CDim => Toys.Names.Length;

    public int WDim => Latents + Toys.Names.Length;

    public int NumWs => 1;

    public int Width => Toys.Side;

    public int Height => Toys.Side;

    public int ImageChannels => 1;

    public Tensor? WAvg { get; } = Tensor.Zeros([Latents + Toys.Names.Length]).Own();

    public IReadOnlyList<int> NoiseResolutions => [];

    /// <summary>The largest weight of a label that was synthesised: psi, since the average is zero.</summary>
    internal List<float> Labels { get; } = [];

    public Tensor Map(Tensor z, Tensor? c) => Tensor.Cat([z, c!], 1).Unsqueeze(1);

    public Tensor Synthesize(Tensor ws, NoiseInput noise)
    {
        float[] values = ws.ToArray<float>();
        var pixels = new List<float>();
        for (int i = 0; i < values.Length; i += WDim)
        {
            float[] z = values[i..(i + Latents)], label = values[(i + Latents)..(i + WDim)];
            Labels.Add(label.Max());
            double[] uniform = varied ? [.. z.Select(v => 1 / (1.0001 + Math.Exp(-1.7 * v)))] : [0.5, 0.5, 0.5];
            byte[] picture = Toys.Picture(draw(Array.IndexOf(label, label.Max())), uniform[0], uniform[1], uniform[2]);
            pixels.AddRange(picture.Select(p => (p / 127.5f) - 1));
        }

        return Tensor.From(pixels.ToArray(), [ws.Size(0), 1, Toys.Side, Toys.Side]);
    }

    public void To(Device device)
    {
    }

    public void Dispose() => WAvg!.Dispose();
}
