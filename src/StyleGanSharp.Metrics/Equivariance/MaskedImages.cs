using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>
/// Images and where they can be trusted: near the border an operator would have needed pixels that are not there.
/// </summary>
/// <param name="Pictures">[N, C, H, W] float32.</param>
/// <param name="Mask">[1, 1, H, W] float32: 1 where the pixel is valid, else 0.</param>
public readonly record struct MaskedImages(Tensor Pictures, Tensor Mask);
