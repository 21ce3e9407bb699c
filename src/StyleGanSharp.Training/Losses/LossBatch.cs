using StyleGanSharp.Torch;

namespace StyleGanSharp.Training.Losses;

/// <summary>What one phase works on.</summary>
/// <param name="Images">Real images, [N, C, H, W] float32 in [-1, 1]; only the discriminator's phases look at them.</param>
/// <param name="ImageLabels">Their labels, [N, CDim]; null for unconditional networks.</param>
/// <param name="Latents">Latents for generated images, [N, ZDim] of N(0, 1).</param>
/// <param name="LatentLabels">Labels for generated images, [N, CDim]; null for unconditional networks.</param>
public sealed record LossBatch(Tensor Images, Tensor? ImageLabels, Tensor Latents, Tensor? LatentLabels)
{
    /// <summary>The samples [begin, end), as views in the current scope.</summary>
    public LossBatch Slice(long begin, long end) => new(
        Images.Slice(0, begin, end), ImageLabels?.Slice(0, begin, end), Latents.Slice(0, begin, end), LatentLabels?.Slice(
            0, begin, end));
}
