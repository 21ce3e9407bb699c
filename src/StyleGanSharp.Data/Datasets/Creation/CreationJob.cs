using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>Decodes, shapes and encodes pictures on many threads and writes them in their order.</summary>
internal sealed class CreationJob(IPictureSource pictures, PictureShaper shaper, DatasetCreationOptions options, int channels)
{
    // Pictures that are in memory at the same time, for each thread.
    private const int PerThread = 8;

    public List<string> Damaged { get; } = [];

    public List<string> TooSmall { get; } = [];

    public int Flattened { get; private set; }

    public void Run(DatasetArchive archive, int count, Action<int, int>? progress, CancellationToken cancel)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        var results = new Result[options.Threads * PerThread];
        for (int start = 0; start < count; start += results.Length)
        {
            int part = Math.Min(results.Length, count - start);
            Parallel.For(0, part, parallel, i => results[i] = Make(start + i));
            for (int i = 0; i < part; i++)
            {
                Write(archive, start + i, results[i]);
            }

            progress?.Invoke(start + part, count);
        }
    }

    private Result Make(int index)
    {
        try
        {
            ImageBuffer image = pictures.Read(index);
            bool flattened = image.Channels == 4 && channels != 4;
            image = image.ToChannels(channels, options.Background);
            return new Result(shaper.Apply(image) is { } shaped ? DatasetArchive.Encode(shaped) : null, null, flattened);
        }
        catch (DatasetException exception)
        {
            return new Result(null, exception.Message, false);
        }
    }

    private void Write(DatasetArchive archive, int index, Result result)
    {
        if (result.Problem is not null)
        {
            Damaged.Add(result.Problem);
        }
        else if (result.Png is null)
        {
            TooSmall.Add(pictures.Name(index));
        }
        else
        {
            archive.Add(index, result.Png, pictures.Label(index));
            Flattened += result.Flattened ? 1 : 0;
        }
    }

    private readonly record struct Result(byte[]? Png, string? Problem, bool Flattened);
}
