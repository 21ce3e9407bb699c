using StyleGanSharp.Cli.Downloads;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Layers;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Makes the pictures of one <c>stylegan generate</c>.</summary>
internal static class GenerateJob
{
    internal static void Run(GenerateOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        // The file is refused, if it must be, before half a second is spent on loading libtorch.
        GeneratorFile file = GeneratorFile.Open(NetworkLocator.Find(options.Network, output, cancel));
        Device device = findDevice();
        using GradMode mode = GradMode.Off();
        using IGenerator generator = file.Load(out IReadOnlyList<string> names);
        using LatentSource source = OpenSource(options, generator);
        var classes = ClassChoice.Parse(options.Class, new ClassLabels(generator.CDim, names));
        options.Truncation.Require(generator);
        if (options.Transform is PictureTransform transform)
        {
            TransformChoice.Apply(transform, generator);
        }

        CheckGrid(options.Grid, source.Count, generator.Width, generator.Height);
        PictureWriter.Prepare(options.OutDir, needsImages: options.Format != PictureFormat.Npy || options.Grid is not null);

        if (source.NeedsLabel && classes.Notice is string notice)
        {
            output.Say(notice);
        }

        generator.To(device);
        var writer = new PictureWriter(options.OutDir, options.Format, collect: options.Grid is not null);
        ProgressLine.Run(output, "Generating", "images", source.Count, done =>
        {
            for (int i = 0; i < source.Count; i++)
            {
                cancel.ThrowIfCancellationRequested();
                using var scope = new TensorScope();
                Tensor? label = source.NeedsLabel ? classes.Label(source.Number(i))?.To(device) : null;
                writer.Write(source.Name(i), Picture(options, generator, source, i, label, device));
                done(1);
            }
        });

        if (options.Grid is GridSize grid)
        {
            writer.WriteGrid("grid", grid.Columns, grid.Rows);
        }

        output.Say($"The pictures are in {options.OutDir}.");
    }

    private static Tensor Picture(GenerateOptions options, IGenerator generator, LatentSource source, int index, Tensor? label, Device device)
    {
        using var scope = new TensorScope();
        Tensor ws = options.Truncation.Apply(generator, source.Ws(generator, index, label, device));
        NoiseInput noise = options.Noise.For(source.Number(index), device, out RandomGenerator? draws);
        using (draws)
        {
            return scope.Keep(generator.Synthesize(ws, noise));
        }
    }

    private static LatentSource OpenSource(GenerateOptions options, IGenerator generator) =>
        options.LatentsFile is string z ? LatentFileSource.OpenZ(z, generator)
        : options.ProjectedFile is string w ? LatentFileSource.OpenW(w, generator)
        : new SeedSource(options.Seeds ?? [0]);

    private static void CheckGrid(GridSize? grid, int count, int width, int height)
    {
        if (grid is not GridSize size)
        {
            return;
        }

        if (size.Places < count)
        {
            throw new UserException($"--grid {size.Columns}x{size.Rows} has {size.Places} places for {count} pictures: make it larger or give fewer.");
        }

        size.RequireFits("--grid", width, height);
    }
}
