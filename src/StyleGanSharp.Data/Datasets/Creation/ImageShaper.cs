using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>Brings images to one shape, by the field's arithmetic where the field has the transform.</summary>
/// <param name="shape">The transform.</param>
/// <param name="size">Width and height to resize to; null leaves sizes alone.</param>
/// <param name="filter">How to resize.</param>
/// <param name="border">Colour of the borders of <see cref="ImageShape.Pad"/>.</param>
internal sealed class ImageShaper(ImageShape shape, (int Width, int Height)? size, ResizeFilter filter, RgbColor border)
{
    /// <summary>The size that an image gets; null when the transform cannot make it.</summary>
    public (int Width, int Height)? SizeOf(int width, int height) => shape switch
    {
        ImageShape.CenterCropWide => WideSource(width, height) is null ? null : (size!.Value.Width, size.Value.Width),
        _ when size is { } fixedSize => fixedSize,
        ImageShape.CenterCrop => (Math.Min(width, height), Math.Min(width, height)),
        _ => (width, height),
    };

    /// <summary>Why the transform cannot make an image of this size, as the end of a sentence.</summary>
    public string WhyNot(int width, int height)
    {
        (int wide, int high) = size!.Value;
        return width < wide
            ? $"{width}x{height}: {CreationNames.Of(shape)} to {wide}x{high} needs {wide} columns or more"
            : $"{width}x{height}: {CreationNames.Of(shape)} to {wide}x{high} keeps the whole width, "
                + $"which leaves {WideRows(width, height)} of {high} rows";
    }

    /// <summary>The shaped image; null when the transform cannot make it.</summary>
    public ImageBuffer? Apply(ImageBuffer image)
    {
        switch (shape)
        {
            case ImageShape.CenterCrop:
                int side = Math.Min(image.Width, image.Height);
                return Resize(Crop(image, (image.Width - side) / 2, (image.Height - side) / 2, side, side));
            case ImageShape.CenterCropWide:
                return Wide(image);
            case ImageShape.Pad:
                return Pad(image);
            default:
                return Resize(image);
        }
    }

    private ImageBuffer Resize(ImageBuffer image) =>
        size is var (width, height) ? ImageResize.Resize(image, width, height, filter) : image;

    private int WideRows(int width, int height) =>
        (int)Math.Round((double)size!.Value.Width * height / width, MidpointRounding.ToEven);

    /// <summary>Rows of the source that a wide crop keeps; null when the image is too small or too wide.</summary>
    private int? WideSource(int width, int height)
    {
        int rows = WideRows(width, height);
        return width < size!.Value.Width || rows < size.Value.Height ? null : rows;
    }

    private ImageBuffer? Wide(ImageBuffer image)
    {
        if (WideSource(image.Width, image.Height) is not { } rows)
        {
            return null;
        }

        int top = (image.Height - rows) / 2;
        int bottom = (image.Height + rows) / 2;
        (int width, int height) = size!.Value;
        ImageBuffer resized = ImageResize.Resize(Crop(image, 0, top, image.Width, bottom - top), width, height, filter);
        return Paste(resized, width, width, RgbColor.Black, (width - height) / 2, 0);
    }

    private ImageBuffer Pad(ImageBuffer image)
    {
        (int width, int height) = size ?? (Math.Max(image.Width, image.Height), Math.Max(image.Width, image.Height));
        double scale = Math.Min((double)width / image.Width, (double)height / image.Height);
        int innerWidth = Math.Clamp((int)Math.Round(image.Width * scale), 1, width);
        int innerHeight = Math.Clamp((int)Math.Round(image.Height * scale), 1, height);
        ImageBuffer resized = ImageResize.Resize(image, innerWidth, innerHeight, filter);
        return Paste(resized, width, height, border, (height - innerHeight) / 2, (width - innerWidth) / 2);
    }

    private static ImageBuffer Crop(ImageBuffer image, int left, int top, int width, int height)
    {
        if (width == image.Width && height == image.Height)
        {
            return image;
        }

        var result = new ImageBuffer(width, height, image.Channels);
        for (int y = 0; y < height; y++)
        {
            image.Row(top + y).Slice(left * image.Channels, width * image.Channels).CopyTo(result.Row(y));
        }

        return result;
    }

    private static ImageBuffer Paste(ImageBuffer image, int width, int height, RgbColor colour, int top, int left)
    {
        // Borders of images with alpha are transparent, which a new image is.
        var result = new ImageBuffer(width, height, image.Channels);
        if (image.Channels != 4 && colour != RgbColor.Black)
        {
            var one = new ImageBuffer(1, 1, 3, [colour.R, colour.G, colour.B]);
            byte[] value = one.ToChannels(image.Channels).Pixels;
            for (int i = 0; i < result.Pixels.Length; i++)
            {
                result.Pixels[i] = value[i % value.Length];
            }
        }

        for (int y = 0; y < image.Height; y++)
        {
            image.Row(y).CopyTo(result.Row(top + y)[(left * image.Channels)..]);
        }

        return result;
    }
}
