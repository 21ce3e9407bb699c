using StyleGanSharp.Data.Images;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Generation.Videos;

/// <summary>Where a video goes: a file, a folder of single frames, or both.</summary>
public sealed record VideoTarget
{
    private const double MaxMegabits = 1000;
    private const int DefaultFps = 60;

    /// <summary>The video; its extension says the format: .gif, .mp4 or .webm. Null: none.</summary>
    public string? File { get; init; }

    /// <summary>Folder for single frames; null: none.</summary>
    public string? FrameFolder { get; init; }

    /// <summary>Frames per second; null: 60, for a GIF 50.</summary>
    public FrameRate? FramesPerSecond { get; init; }

    /// <summary>Bit rate of .mp4 and .webm in Mbit/s.</summary>
    public double Megabits { get; init; } = 12;

    /// <summary>Format of the file; null: there is no file.</summary>
    internal VideoFormat? Format => File is null ? null : VideoFormats.OfFile(File);

    /// <summary>Frames per second in effect.</summary>
    internal FrameRate Fps => FramesPerSecond ?? new(Format == VideoFormat.Gif ? GifFile.MaxFps : DefaultFps);

    /// <summary>What is wrong; empty: nothing.</summary>
    public IReadOnlyList<OptionProblem> Validate()
    {
        if (File is null && FrameFolder is null)
        {
            return [new OptionProblem(
                "output", null, "say where the video goes: a file (.mp4, .webm, .gif) or a folder for single frames")];
        }

        if (File is not null && VideoFormats.Find(File) is null)
        {
            return [new OptionProblem("output", File, "its extension names no video format; expected .mp4, .webm or .gif")];
        }

        var problems = new List<OptionProblem>();
        if (Format == VideoFormat.Gif && Fps.Value is not (>= 1 and <= GifFile.MaxFps))
        {
            problems.Add(new OptionProblem(
                "fps", Fps.ToString(), $"a GIF shows at least 1 and at most {GifFile.MaxFps} frames per second"));
        }

        if (!(Megabits is > 0 and <= MaxMegabits))
        {
            problems.Add(new OptionProblem("bitrate", $"{Megabits}", $"expected more than 0 and at most {MaxMegabits} (Mbit/s)"));
        }

        return problems;
    }

    /// <summary>Makes sure that everything can be written, and creates the folders.</summary>
    /// <param name="folders">Remembers which folders are new.</param>
    internal void Prepare(NewFolders folders)
    {
        if (File is string file)
        {
            if (Directory.Exists(file))
            {
                throw new RequestException("output", file, "is a folder");
            }

            string parent = Path.GetDirectoryName(file) is { Length: > 0 } named ? named : ".";
            folders.Expect(parent);
            OutputFolder.Prepare(parent, "output", needsImages: false);
        }

        if (FrameFolder is string folder)
        {
            folders.Expect(folder);
            OutputFolder.Prepare(folder, "frames");
        }
    }
}
