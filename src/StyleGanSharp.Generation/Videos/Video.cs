using StyleGanSharp.Data.Images;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Makes videos.</summary>
public static class Video
{
    /// <summary>Makes a video. Nothing is left behind when it fails or is cancelled, except single frames.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">What it shows.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="progress">Told about every frame.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    /// <exception cref="GenerationException">ffmpeg is needed and missing, or failed.</exception>
    public static void Make(
        Model model, VideoRequest request, VideoTarget target, IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default)
    {
        Check(model, request, target);
        (int width, int height) = (request.Grid.Columns * model.Info.Width, request.Grid.Rows * model.Info.Height);
        Func<IFrameSink>? openVideo = target.File is null
            ? null : VideoWriter.For(target, width, height, request.FrameCount, cancel);
        var folders = new NewFolders();
        try
        {
            target.Prepare(folders);
            Film(model, request, target, openVideo, progress, cancel);
        }
        catch
        {
            folders.RemoveEmpty();
            throw;
        }
    }

    /// <summary>Checks everything that can be checked before the first frame.</summary>
    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public static void Check(Model model, VideoRequest request, VideoTarget target)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(target);
        RequestException.ThrowIfAny([.. target.Validate(), .. model.Check(request)]);
    }

    /// <summary>Finds out, before a model is opened, whether anything here writes the format of a target.</summary>
    /// <exception cref="RequestException">The target is wrong.</exception>
    /// <exception cref="GenerationException">ffmpeg is needed and missing.</exception>
    public static void RequireWriter(VideoTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        RequestException.ThrowIfAny(target.Validate());
        if (target.Format is VideoFormat format)
        {
            VideoWriter.RequireFor(format);
        }
    }

    private static void Film(
        Model model, VideoRequest request, VideoTarget target, Func<IFrameSink>? openVideo, IProgress<WorkProgress>? progress,
        CancellationToken cancel)
    {
        LatentPath[] cells = model.RunSession(session => LatentPaths.Create(request, session), cancel);
        List<IFrameSink> sinks = [];
        try
        {
            if (openVideo is not null)
            {
                sinks.Add(openVideo());
            }

            if (target.FrameFolder is string folder)
            {
                sinks.Add(new FrameFolder(folder));
            }

            for (int i = 0; i < request.FrameCount; i++)
            {
                cancel.ThrowIfCancellationRequested();
                int index = i;
                ImageBuffer frame = model.RunSession(session => Frame(request, session, cells, index), cancel);
                sinks.ForEach(sink => sink.Write(frame));
                progress?.Report(new WorkProgress("Filming", "frames", i + 1, request.FrameCount));
            }

            sinks.ForEach(sink => sink.Complete());
        }
        finally
        {
            sinks.ForEach(sink => sink.Dispose());
        }
    }

    private static ImageBuffer Frame(VideoRequest request, ModelSession session, LatentPath[] cells, int index)
    {
        var images = new List<ImageBuffer>();
        foreach (LatentPath cell in cells)
        {
            using var scope = new TensorScope();
            Tensor ws = cell.Styles(session, (double)index / request.FramesPerKey);
            images.Add(ModelSession.ToBuffer(session.Synthesize(request, ws, (uint)index)));
        }

        return images.Count == 1 ? images[0] : ImageGrid.Compose(images, request.Grid.Columns, request.Grid.Rows);
    }
}
