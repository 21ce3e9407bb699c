using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>How a data set is made.</summary>
public sealed record DatasetCreationOptions
{
    /// <summary>What brings images to one shape. The default is none.</summary>
    public ImageShape Shape { get; init; }

    /// <summary>Width and height to resize to; null (the default) = as the images are, which have to be equal.</summary>
    public (int Width, int Height)? Resolution { get; init; }

    /// <summary>The resize filter. The default is Lanczos.</summary>
    public ResizeFilter Filter { get; init; }

    /// <summary>Gray, RGB or RGBA. The default is chosen from the images.</summary>
    public ChannelChoice Channels { get; init; }

    /// <summary>Shows through removed alpha and fills the borders of padding. The default is black.</summary>
    public RgbColor Background { get; init; } = RgbColor.Black;

    /// <summary>Where labels come from. The default is the source.</summary>
    public LabelSource Labels { get; init; }

    /// <summary>
    /// With <see cref="LabelSource.Folders"/> the folders that are the classes: 1 = the outermost ones (below a folder that wraps
    /// everything), 2 = those inside of them, ... Null (the default) = the outermost ones, which have to be several and not parts
    /// such as train and val.
    /// </summary>
    public int? LabelDepth { get; init; }

    /// <summary>
    /// Cuts every image of the source into tiles, as sprite sheets need it; null (the default) = they are the images.
    /// </summary>
    public SheetLayout? Sheet { get; init; }

    /// <summary>What is written. The default is a zip archive.</summary>
    public DatasetFormat Format { get; init; }

    /// <summary>
    /// Puts the images into another order: gets their number, gives as many different numbers from 0. Null (the default) = the
    /// order of the source.
    /// </summary>
    public Func<int, int[]>? Order { get; init; }

    /// <summary>Only so many images, from the beginning of the order; null (the default) = all.</summary>
    public int? MaxImages { get; init; }

    /// <summary>Threads. The default is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
