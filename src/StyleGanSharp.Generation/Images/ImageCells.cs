using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Images;

/// <summary>Images in rows and columns as one image.</summary>
public static class ImageCells
{
    /// <summary>One image of many, with a request that makes it again.</summary>
    /// <param name="images">The images row by row, of one model.</param>
    /// <param name="size">Columns and rows.</param>
    /// <param name="model">The model that made them.</param>
    /// <exception cref="RequestException">They do not fit into the grid.</exception>
    public static GeneratedImage Grid(IReadOnlyList<GeneratedImage> images, GridSize size, Model model)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(model);
        var request = new GridRequest { Size = size, Images = [.. images.Select(i => i.Request as ImageRequest)] };
        RequestException.ThrowIfAny(model.Check(request));
        return new GeneratedImage(Compose(images, size), request, model);
    }

    /// <summary>The pixels of a grid; null: a black cell.</summary>
    internal static ImageBuffer Compose(IReadOnlyList<GeneratedImage?> images, GridSize size)
    {
        ImageBuffer first = images.First(i => i is not null)!.Pixels;
        ImageBuffer black = Black(first);
        return ImageGrid.Compose([.. images.Select(i => i?.Pixels ?? black)], size.Columns, size.Rows);
    }

    private static ImageBuffer Black(ImageBuffer like)
    {
        var black = new ImageBuffer(like.Width, like.Height, like.Channels);
        for (int i = 3; like.Channels == 4 && i < black.Pixels.Length; i += 4)
        {
            black.Pixels[i] = byte.MaxValue;
        }

        return black;
    }
}
