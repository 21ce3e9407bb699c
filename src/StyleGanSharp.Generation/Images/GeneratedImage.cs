using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Images;

/// <summary>An image with the request that made it.</summary>
public sealed class GeneratedImage
{
    private readonly Model? model;

    internal GeneratedImage(ImageBuffer pixels, GenerationRequest request, Model? model) =>
        (Pixels, Request, this.model) = (pixels, request, model);

    /// <summary>The pixels, [Height, Width, Channels], uint8.</summary>
    public ImageBuffer Pixels { get; }

    /// <summary>What made it; its model is filled in when the image is saved.</summary>
    public GenerationRequest Request { get; }

    /// <summary>Writes the image; its extension says the format: .png, .webp or .jpg.</summary>
    /// <param name="path">The file; replaced if it exists, and complete or not there.</param>
    /// <param name="metadata">
    /// Let PNG and WebP files carry the request, so that `generate --from FILE` makes the same image again. It holds neither
    /// paths nor times nor names of machines.
    /// </param>
    /// <exception cref="ImageException">The extension names no format, or the file cannot be written.</exception>
    public void Save(string path, bool metadata = true) => ImageFile.Write(path, Pixels, new ImageWriteOptions
    {
        Texts = metadata ? ImageMetadata.Of(model is null ? Request : Request with { Model = model.Reference }) : null,
    });
}
