using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Networks;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Makes the pictures of one <c>stylegan generate</c>.</summary>
internal static class GenerateJob
{
    internal static void Run(GenerateOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        using PictureMaker maker = PictureMaker.Open(options.Pictures, findDevice, output, cancel);
        using LatentSource source = OpenSource(options, maker.Generator);
        if (options.Sweeps && maker.Generator.WAvg is null)
        {
            throw new UserException("The network keeps no average of w, so its truncation cannot be swept.");
        }

        GridSize? grid = Grid(options, source.Count, maker.Generator);
        PictureWriter.Prepare(options.OutDir, needsImages: options.Format != PictureFormat.Npy || grid is not null);
        if (source.NeedsLabel)
        {
            maker.SayNotice(output);
        }

        var writer = new PictureWriter(options.OutDir, options.Format, collect: grid is not null);
        ProgressLine.Run(output, "Generating", "images", (long)source.Count * options.Psis.Length, done =>
        {
            for (int i = 0; i < source.Count; i++)
            {
                using var scope = new TensorScope();
                Tensor? label = source.NeedsLabel ? maker.Classes.Label(source.Number(i))?.To(maker.Device) : null;
                Tensor ws = source.Ws(maker.Generator, i, label, maker.Device);
                foreach (double psi in options.Psis)
                {
                    cancel.ThrowIfCancellationRequested();
                    using var picture = new TensorScope();
                    string name = options.Sweeps ? $"{source.Name(i)}-psi{PsiList.Name(psi)}" : source.Name(i);
                    writer.Write(name, maker.Image(maker.Truncate(ws, psi), source.Number(i)));
                    done(1);
                }
            }
        });

        if (grid is GridSize size)
        {
            writer.WriteGrid("grid", size.Columns, size.Rows);
        }

        output.Say($"The pictures are in {options.OutDir}.");
    }

    private static LatentSource OpenSource(GenerateOptions options, IGenerator generator) =>
        options.LatentsFile is string z ? LatentFileSource.OpenZ(z, generator)
        : options.ProjectedFile is string w ? LatentFileSource.OpenW(w, generator)
        : new SeedSource(options.Seeds ?? [0]);

    // A sweep has a grid of its own; other pictures where it is asked for.
    private static GridSize? Grid(GenerateOptions options, int count, IGenerator generator)
    {
        GridSize? grid = options.Sweeps ? new GridSize(options.Psis.Length, count) : options.Grid;
        if (grid is not GridSize size)
        {
            return null;
        }

        if (!options.Sweeps && size.Places < count)
        {
            throw new UserException($"--grid {size.Columns}x{size.Rows} has {size.Places} places for {count} pictures: make it larger or give fewer.");
        }

        size.RequireFits(options.Sweeps ? "The grid of the sweep," : "--grid", generator.Width, generator.Height);
        return size;
    }
}
