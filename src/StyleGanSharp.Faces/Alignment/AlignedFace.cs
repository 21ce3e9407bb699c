using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Faces.Alignment;

/// <summary>A face that was cut out upright.</summary>
/// <param name="Image">The crop: RGB, as wide as high.</param>
/// <param name="Transform">Where it lies in the photograph.</param>
public sealed record AlignedFace(ImageBuffer Image, CropTransform Transform);
