namespace StyleGanSharp.Networks.Tests.Features;

/// <summary>LPIPS by loops over numbers in double precision: what the networks are held against.</summary>
internal static class PlainLpips
{
    /// <summary>
    /// Torchvision's sequences. cS,P: convolution of stride S and padding P; r: ReLU, with a star where activations are
    /// compared; pK: the largest of KxK in steps of two.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> Sequences { get; } = new Dictionary<string, string>
    {
        ["alex"] = "c4,2 r* p3 c1,2 r* p3 c1,1 r* c1,1 r* c1,1 r*",
        ["vgg"] = "c1,1 r c1,1 r* p2 c1,1 r c1,1 r* p2 c1,1 r c1,1 r c1,1 r* p2 c1,1 r c1,1 r c1,1 r* p2 c1,1 r c1,1 r c1,1 r*",
    };

    /// <summary>The distance of two images [3, side, side] in [-1, 1].</summary>
    internal static double Distance(
        string sequence, Func<string, (double[] Values, int[] Shape)> network, Func<int, double[]> heads, double[] a, double[] b,
        int side)
    {
        List<Plane> stagesA = Stages(sequence, network, a, side), stagesB = Stages(sequence, network, b, side);
        double total = 0;
        for (int stage = 0; stage < stagesA.Count; stage++)
        {
            (Plane x, Plane y, double[] head) = (stagesA[stage], stagesB[stage], heads(stage));
            int pixels = x.Side * x.Side;
            for (int p = 0; p < pixels; p++)
            {
                (double lengthX, double lengthY) = (x.Length(p), y.Length(p));
                for (int c = 0; c < x.Channels; c++)
                {
                    double difference = (x.Values[(c * pixels) + p] / (lengthX + 1e-10))
                        - (y.Values[(c * pixels) + p] / (lengthY + 1e-10));
                    total += head[c] * difference * difference / pixels;
                }
            }
        }

        return total;
    }

    private static List<Plane> Stages(
        string sequence, Func<string, (double[] Values, int[] Shape)> network, double[] image, int side)
    {
        double[] shift = [-0.030, -0.088, -0.188], scale = [0.458, 0.448, 0.450];
        var x = new Plane(3, side, [.. image.Select((v, i) => (v - shift[i / (side * side)]) / scale[i / (side * side)])]);
        var stages = new List<Plane>();
        foreach ((int index, string layer) in sequence.Split(' ').Index())
        {
            int[] numbers = [.. layer[1..].Split(',').Select(n => int.TryParse(n, out int number) ? number : 0)];
            x = layer[0] switch
            {
                'c' => Convolve(x, network($"{index}.weight"), network($"{index}.bias").Values, numbers[0], numbers[1]),
                'r' => x with { Values = [.. x.Values.Select(v => Math.Max(v, 0))] },
                _ => Pool(x, numbers[0]),
            };
            if (layer.EndsWith('*'))
            {
                stages.Add(x);
            }
        }

        return stages;
    }

    private static Plane Convolve(Plane x, (double[] Values, int[] Shape) weight, double[] bias, int stride, int padding)
    {
        (int outputs, int kernel) = (weight.Shape[0], weight.Shape[2]);
        int side = ((x.Side + (2 * padding) - kernel) / stride) + 1;
        var result = new double[outputs * side * side];
        for (int i = 0; i < outputs * x.Channels * kernel * kernel; i++)
        {
            // Adds one weight's share to its whole output plane.
            (int output, int channel) = (i / (x.Channels * kernel * kernel), i / (kernel * kernel) % x.Channels);
            (int top, int left, double factor) = ((i / kernel % kernel) - padding, (i % kernel) - padding, weight.Values[i]);
            for (int row = 0; row < side; row++)
            {
                int inputRow = (row * stride) + top;
                for (int column = 0; column < side && inputRow >= 0 && inputRow < x.Side; column++)
                {
                    int inputColumn = (column * stride) + left;
                    if (inputColumn >= 0 && inputColumn < x.Side)
                    {
                        result[(((output * side) + row) * side) + column] +=
                            factor * x.Values[(((channel * x.Side) + inputRow) * x.Side) + inputColumn];
                    }
                }
            }
        }

        for (int i = 0; i < result.Length; i++)
        {
            result[i] += bias[i / (side * side)];
        }

        return new Plane(outputs, side, result);
    }

    private static Plane Pool(Plane x, int size)
    {
        int side = ((x.Side - size) / 2) + 1;
        var result = new double[x.Channels * side * side];
        for (int i = 0; i < result.Length; i++)
        {
            (int channel, int row, int column) = (i / (side * side), i / side % side * 2, i % side * 2);
            result[i] = Enumerable.Range(0, size * size).Max(
                k => x.Values[(((channel * x.Side) + row + (k / size)) * x.Side) + column + (k % size)]);
        }

        return new Plane(x.Channels, side, result);
    }

    private sealed record Plane(int Channels, int Side, double[] Values)
    {
        internal double Length(int pixel) => Math.Sqrt(Enumerable.Range(0, Channels).Sum(c =>
            Values[(c * Side * Side) + pixel] * Values[(c * Side * Side) + pixel]));
    }
}
