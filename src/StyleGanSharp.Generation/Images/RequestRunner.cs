using StyleGanSharp.Generation.Mixing;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.NoiseStudies;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Images;

/// <summary>Makes the image that carries a request, whatever its kind.</summary>
public static class RequestRunner
{
    /// <summary>Makes the image again.</summary>
    /// <param name="model">The model to make it with.</param>
    /// <param name="request">What the image carries.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestException">The request cannot be carried out by this model, or is not of an image.</exception>
    public static GeneratedImage Make(Model model, GenerationRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        switch (request)
        {
            case ImageRequest image:
                return model.Generate(image, cancel);
            case GridRequest grid:
                RequestException.ThrowIfAny(model.Check(grid));
                GeneratedImage?[] cells = [.. grid.Images.Select(i => i is null ? null : model.Generate(i, cancel))];
                return new GeneratedImage(ImageCells.Compose(cells, grid.Size), grid with { Model = null }, model);
            case MixRequest mix:
                return MixTable.Make(model, mix with { Model = null }, cancel: cancel).Grid;
            case NoiseRequest noise:
                return NoiseStudy.Make(model, noise with { Model = null }, cancel: cancel).DeviationImage;
            default:
                throw new RequestException("request", null, "describes a video; name its options to make it again");
        }
    }
}
