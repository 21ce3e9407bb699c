using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>One transform and the two sides of the comparison that it gives.</summary>
/// <param name="Transform">What the generator is asked to do to its input.</param>
/// <param name="Expected">The same done to its untransformed images.</param>
/// <param name="Actual">What the images made under the transform need before they are compared.</param>
internal sealed record EquivarianceTrial(
    ImageTransform Transform, Func<Tensor, MaskedImages> Expected, Func<Tensor, MaskedImages> Actual);
