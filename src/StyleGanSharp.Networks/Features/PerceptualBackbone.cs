using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// The convolutions of a classifier of ImageNet under torchvision's names <c>features.N</c>, with the activations that LPIPS
/// compares.
/// </summary>
internal abstract class PerceptualBackbone : Module
{
    private static readonly Operator MaxPool = new("aten::max_pool2d");

    /// <summary>Short name, as LPIPS has it.</summary>
    internal abstract string Name { get; }

    /// <summary>Name for messages.</summary>
    internal abstract string Title { get; }

    /// <summary>Channels of the stages.</summary>
    internal abstract IReadOnlyList<int> Channels { get; }

    /// <summary>Smallest height and width of an image.</summary>
    internal abstract int LeastSide { get; }

    /// <summary>Activations of all stages.</summary>
    /// <param name="x">[N, 3, H, W] float32, normalised, sides of at least <see cref="LeastSide"/>.</param>
    /// <returns>[N, C, H', W'] for each of <see cref="Channels"/>, not negative.</returns>
    internal abstract Tensor[] Forward(Tensor x);

    /// <summary>Largest of every window, in steps of two pixels.</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="size">Side of a window.</param>
    /// <param name="partial">Whether a last incomplete window counts.</param>
    protected static Tensor Pooled(Tensor x, int size, bool partial = false) =>
        MaxPool.Call(x, new long[] { size, size }, new long[] { 2, 2 }, new long[] { 0, 0 }, new long[] { 1, 1 }, partial);
}
