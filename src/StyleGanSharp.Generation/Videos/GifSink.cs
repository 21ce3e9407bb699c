using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Generation.Videos;

/// <summary>
/// A GIF without ffmpeg: frames wait as raw pixels in a file beside the video's name until libvips packs them, so that one frame
/// is in memory however long the video is. The video gets its name when it is complete.
/// </summary>
internal sealed class GifSink(string path, int fps, CancellationToken cancel) : IFrameSink
{
    private readonly string temporary = $"{path}.tmp-{Guid.NewGuid().ToString("N")[..12]}";
    private FileStream? raw;
    private RawFrames? frames;

    private string RawPath => temporary + "-frames";

    public void Write(ImageBuffer frame)
    {
        frame = frame.Channels == 4 ? frame.ToChannels(3, RgbColor.Black) : frame;
        frames ??= new RawFrames(RawPath, frame.Width, frame.Height, frame.Channels, 0);
        frames = frames with { Count = frames.Count + 1 };
        Guard(() => (raw ??= new FileStream(RawPath, FileMode.CreateNew, FileAccess.Write, FileShare.None)).Write(frame.Pixels));
    }

    public void Complete() => Guard(() =>
    {
        raw!.Dispose();
        GifFile.Write(temporary, frames!, fps, cancel);
        File.Move(temporary, path, overwrite: true);
    });

    public void Dispose()
    {
        try
        {
            raw?.Dispose();
        }
        catch (IOException)
        {
            // The rest did not fit on the disk, which the write before has said.
        }

        foreach (string file in (string[])[RawPath, temporary])
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (FileFault.IsFileFault(e))
            {
                // Whatever ended the work is the message; a remainder under another name harms nobody.
            }
        }
    }

    // Messages name the file that was asked for, not the ones beside it.
    private void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new GenerationException(FileFault.DescribeWrite(e, path));
        }
        catch (ImageException e)
        {
            throw new GenerationException(e.Message.Replace(temporary, path, StringComparison.Ordinal));
        }
    }
}
