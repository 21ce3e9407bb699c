using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The convolutions of VGG16, under torchvision's names <c>features.N</c>. Source: Simonyan, Zisserman, "Very Deep Convolutional
/// Networks for Large-Scale Image Recognition" (2015), table 1, column D.
/// </summary>
internal sealed class Vgg16 : PerceptualBackbone
{
    // Numbers within the sequence, where every convolution is followed by its ReLU and every group by a pooling.
    private static readonly (int Channels, int[] Indices)[] Groups =
        [(64, [0, 2]), (128, [5, 7]), (256, [10, 12, 14]), (512, [17, 19, 21]), (512, [24, 26, 28])];

    private readonly List<PlainConv[]> groups = [];

    internal Vgg16()
    {
        using var scope = new TensorScope();
        int inChannels = 3;
        foreach ((int channels, int[] indices) in Groups)
        {
            var group = new PlainConv[indices.Length];
            for (int i = 0; i < group.Length; i++)
            {
                group[i] = AddModule($"{indices[i]}", new PlainConv(inChannels, channels, kernel: 3, padding: 1));
                inChannels = channels;
            }

            groups.Add(group);
        }
    }

    internal override string Name => "vgg";

    internal override string Title => "VGG16";

    internal override IReadOnlyList<int> Channels { get; } = [.. Groups.Select(g => g.Channels)];

    // Four poolings halve it.
    internal override int LeastSide => 16;

    /// <summary>Activations of the last convolution of each group.</summary>
    internal override Tensor[] Forward(Tensor x)
    {
        Shape.Require(x, [null, 3, null, null]);
        using var scope = new TensorScope();
        var stages = new Tensor[groups.Count];
        for (int i = 0; i < stages.Length; i++)
        {
            x = i == 0 ? x : Pooled(x, size: 2);
            foreach (PlainConv convolution in groups[i])
            {
                x = convolution.Forward(x);
            }

            stages[i] = x;
        }

        return scope.Keep(stages);
    }
}
