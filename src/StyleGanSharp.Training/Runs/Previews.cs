using StyleGanSharp.Data.Images;
using StyleGanSharp.Metrics.Samples;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Networks.Ops;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Training.Sampling;

namespace StyleGanSharp.Training.Runs;

/// <summary>The images that a run shows: the same real ones, and generated ones from the same latents every time.</summary>
internal sealed class Previews
{
    // Images of one pass: previews must not need more memory than training does.
    private const int MaxPass = 8;

    private readonly DatasetView data;
    private readonly PreviewGrid grid;
    private readonly int pass;
    private readonly ulong seed;
    private readonly Device device;
    private readonly GridMetadata? metadata;

    /// <summary>Chooses what is shown.</summary>
    /// <param name="data">The real images.</param>
    /// <param name="runSeed">Seed of the run.</param>
    /// <param name="microBatch">Images of a pass, at most.</param>
    /// <param name="device">Where to generate.</param>
    /// <param name="metadata">What the files carry; null: nothing.</param>
    internal Previews(DatasetView data, uint runSeed, int microBatch, Device device, GridMetadata? metadata)
    {
        (this.data, this.device, this.metadata) = (data, device, metadata);
        (int columns, int rows) = PreviewGrid.SmallSize(data.Dataset.Width, data.Dataset.Height);
        grid = PreviewGrid.Choose(data, columns, rows, runSeed);
        seed = new RunPlace(runSeed, 0, 0).Seed(DrawPurpose.Preview);
        pass = Math.Min(MaxPass, microBatch);
    }

    /// <summary>Writes the real images.</summary>
    internal void WriteReals(string path)
    {
        var cells = new List<ImageBuffer>();
        var planes = new byte[data.Dataset.ImageBytes];
        foreach (int index in grid.Indices)
        {
            data.Dataset.Read(data[index].Index, planes);
            cells.Add(Picture(planes, data[index].FlipX, data[index].FlipY));
        }

        Save(cells, null, path);
    }

    /// <summary>Writes generated images: of the stored noise and without truncation.</summary>
    internal void WriteFakes(IGenerator generator, long images, string path)
    {
        using var scope = new TensorScope();
        using GradMode mode = GradMode.Off();
        using var random = new RandomGenerator(seed);
        int count = grid.Indices.Count;
        Tensor z = Tensor.RandN([count, generator.ZDim], random).To(device);
        Tensor? c = Labels()?.To(device);
        var cells = new List<ImageBuffer>();
        for (int first = 0; first < count; first += pass)
        {
            using var step = new TensorScope();
            int end = Math.Min(count, first + pass);
            Tensor ws = generator.Map(z.Slice(0, first, end), c?.Slice(0, first, end));
            cells.AddRange(Pictures(generator.Synthesize(ws, NoiseInput.Const)));
        }

        (generator as IRecordsSynthesis)?.ReleaseRecordings(); // Training needs the memory.
        Save(cells, images, path);
    }

    private Tensor? Labels()
    {
        if (!data.UsesLabels)
        {
            return null;
        }

        var labels = new float[grid.Indices.Count * data.LabelSize];
        for (int i = 0; i < grid.Indices.Count; i++)
        {
            data.CopyLabel(grid.Indices[i], labels.AsSpan(i * data.LabelSize, data.LabelSize));
        }

        return Tensor.From(labels, [grid.Indices.Count, data.LabelSize]);
    }

    // Training grids are rounded; single images are cut off.
    private static IEnumerable<ImageBuffer> Pictures(Tensor images)
    {
        int channels = (int)images.Size(1), height = (int)images.Size(2), width = (int)images.Size(3);
        byte[] bytes = Pixels.QuantizeRounded(images).ToArray<byte>();
        int size = channels * height * width;
        return [.. Enumerable.Range(0, (int)images.Size(0))
            .Select(i => ImageBuffer.FromPlanar(width, height, channels, bytes.AsSpan(i * size, size)))];
    }

    private ImageBuffer Picture(byte[] planes, bool flipX, bool flipY)
    {
        int width = data.Dataset.Width, height = data.Dataset.Height, rows = height * data.Dataset.Channels;
        for (int row = 0; flipX && row < rows; row++)
        {
            planes.AsSpan(row * width, width).Reverse();
        }

        for (int y = 0; flipY && y < rows; y++)
        {
            // Within its plane, every row of the upper half changes places with its mirror image.
            int mirrored = y - (y % height) + height - 1 - (y % height);
            for (int x = 0; y < mirrored && x < width; x++)
            {
                (planes[(y * width) + x], planes[(mirrored * width) + x]) = (
                    planes[(mirrored * width) + x], planes[(y * width) + x]);
            }
        }

        return ImageBuffer.FromPlanar(width, height, data.Dataset.Channels, planes);
    }

    private void Save(List<ImageBuffer> cells, long? images, string path) => ImageFile.Write(
        path, ImageGrid.Compose(cells, grid.Columns, grid.Rows),
        new ImageWriteOptions { Texts = metadata?.Of(grid.Columns, grid.Rows, images) });
}
