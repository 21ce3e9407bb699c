using StyleGanSharp.Cli.Generation;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Videos;

/// <summary>Makes the video of one <c>stylegan video</c>.</summary>
internal static class VideoJob
{
    internal static void Run(VideoOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        if (options.Format is VideoFormat format)
        {
            VideoWriter.RequireFor(format);
        }

        using PictureMaker maker = PictureMaker.Open(options.Pictures, findDevice, output, cancel);
        Check(options, maker);
        (int width, int height) = (options.Grid.Columns * maker.Generator.Width, options.Grid.Rows * maker.Generator.Height);
        Func<IFrameSink>? openVideo = options.Output is null ? null : VideoWriter.For(options, width, height, cancel);
        var folders = new NewFolders();
        try
        {
            Prepare(options, folders);
            Film(options, maker, openVideo, output, cancel);
        }
        catch
        {
            folders.RemoveEmpty();
            throw;
        }

        output.Say($"The video is {string.Join(" and ", new[] { options.Output, options.FrameFolder }.Where(p => p is not null))}.");
    }

    private static void Film(VideoOptions options, PictureMaker maker, Func<IFrameSink>? openVideo, CommandOutput output, CancellationToken cancel)
    {
        if (options.Motion != VideoMotion.Classes)
        {
            maker.SayNotice(output);
        }

        using var scope = new TensorScope();
        LatentPath[] cells = LatentPaths.Create(options, maker);
        List<IFrameSink> sinks = [];
        try
        {
            if (openVideo is not null)
            {
                sinks.Add(openVideo());
            }

            if (options.FrameFolder is string folder)
            {
                sinks.Add(new FrameFolder(folder));
            }

            ProgressLine.Run(output, "Filming", "frames", options.FrameCount, done =>
            {
                for (int i = 0; i < options.FrameCount; i++)
                {
                    cancel.ThrowIfCancellationRequested();
                    ImageBuffer frame = Frame(options, maker, cells, i);
                    sinks.ForEach(sink => sink.Write(frame));
                    done(1);
                }

                sinks.ForEach(sink => sink.Complete());
            });
        }
        finally
        {
            sinks.ForEach(sink => sink.Dispose());
        }
    }

    private static ImageBuffer Frame(VideoOptions options, PictureMaker maker, LatentPath[] cells, int index)
    {
        var pictures = new List<ImageBuffer>();
        foreach (LatentPath cell in cells)
        {
            using var scope = new TensorScope();
            pictures.Add(maker.Picture(cell.Ws((double)index / options.FramesPerKey), (uint)index));
        }

        return pictures.Count == 1 ? pictures[0] : ImageGrid.Compose(pictures, options.Grid.Columns, options.Grid.Rows);
    }

    private static void Check(VideoOptions options, PictureMaker maker)
    {
        options.Grid.RequireFits("--grid", maker.Generator.Width, maker.Generator.Height);
        if (options.Motion == VideoMotion.Truncation && maker.Generator.WAvg is null)
        {
            throw new UserException("The network keeps no average of w, so its truncation cannot be swept.");
        }

        foreach (string label in options.Classes ?? [])
        {
            maker.Classes.Labels.Parse("--classes", label);
        }
    }

    private static void Prepare(VideoOptions options, NewFolders folders)
    {
        if (options.Output is string file)
        {
            if (Directory.Exists(file))
            {
                throw new UserException($"--output {file} is a folder.");
            }

            string parent = Path.GetDirectoryName(file) is { Length: > 0 } named ? named : ".";
            folders.Expect(parent);
            PictureWriter.Prepare(parent, needsImages: false, "The folder of --output,");
        }

        if (options.FrameFolder is string folder)
        {
            folders.Expect(folder);
            PictureWriter.Prepare(folder, needsImages: true, "--frames");
        }
    }
}
