using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Datasets.Creation.Writers;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>Decodes, shapes and encodes images on many threads and writes them in their order.</summary>
/// <param name="pictures">The source.</param>
/// <param name="order">Which images of it, in this order.</param>
/// <param name="shaper">Brings them to one shape.</param>
/// <param name="options">Threads and colours.</param>
/// <param name="channels">1, 3 or 4.</param>
internal sealed class CreationJob(
    IImageSource pictures, int[] order, ImageShaper shaper, DatasetCreationOptions options, int channels)
{
    public List<string> Damaged { get; } = [];

    public List<string> Unfit { get; } = [];

    public int Flattened { get; private set; }

    public void Run(DatasetWriter writer, Action<int, int>? progress, CancellationToken cancel)
    {
        int count = order.Length;
        OrderedWork.Run(
            count,
            options.Threads,
            i => Make(writer, i),
            (i, result) =>
            {
                Write(writer, i, result);
                progress?.Invoke(i + 1, count);
            },
            cancel);
    }

    private Result Make(DatasetWriter writer, int number)
    {
        try
        {
            ImageBuffer image = pictures.Read(order[number]);
            bool flattened = image.Channels == 4 && channels != 4;
            image = image.ToChannels(channels, options.Background);
            return shaper.Apply(image) is { } shaped
                ? new Result(writer.Encode(shaped), null, flattened)
                : new Result(null, $"{pictures.Name(order[number])} is {shaper.WhyNot(image.Width, image.Height)}", false);
        }
        catch (DatasetException exception)
        {
            return new Result(null, exception.Message, false, IsDamaged: true);
        }
    }

    private void Write(DatasetWriter writer, int number, Result result)
    {
        if (result.Encoded is null)
        {
            (result.IsDamaged ? Damaged : Unfit).Add(result.Problem!);
        }
        else
        {
            writer.Add(number, result.Encoded, pictures.Label(order[number]));
            Flattened += result.Flattened ? 1 : 0;
        }
    }

    private readonly record struct Result(byte[][]? Encoded, string? Problem, bool Flattened, bool IsDamaged = false);
}
