using System.CommandLine;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Videos;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan video</c>: images that turn into each other.</summary>
internal static class VideoCommand
{
    internal static Command Create(CommandOutput output)
    {
        var images = new ImageOptionGroup("the frame's number");
        var seeds = new Option<string>("--seeds")
        {
            Description = "Seeds of the key frames, e.g. 0,1,4-6.",
            HelpName = "LIST",
            Required = true,
        };
        var motion = new Option<string>("--motion", "--interpolation")
        {
            Description = "cubic or linear (through the seeds in W), slerp (great circles in Z), "
                + "truncation (psi swings, once for each seed), "
                + "circle or noise (a closed walk in Z for each seed), classes (one seed through --classes).",
            HelpName = "MOTION",
            DefaultValueFactory = _ => "cubic",
        };
        var frames = new Option<int>("--w-frames")
        {
            Description = "Frames from key frame to key frame.",
            HelpName = "N",
            DefaultValueFactory = _ => 120,
        };
        var keys = new Option<int?>("--num-keyframes")
        {
            Description =
                "Key frames of each cell, seeds repeated as needed; default: all seeds, spread over the cells.",
            HelpName = "N"
        };
        var shuffle = new Option<uint?>("--shuffle-seed") { Description = "Shuffle the seeds with this seed.", HelpName = "N" };
        var grid = new Option<string>("--grid")
        {
            Description = "Images side by side in each frame: columns x rows.",
            HelpName = "WxH",
            DefaultValueFactory = _ => "1x1"
        };
        var classes = new Option<string[]>("--classes")
        {
            Description = "Classes that --motion classes passes through: 0-4, or names joined by commas; "
                + "a word with weights is one mixture: A Q:0.5,R:0.5 Z.",
            HelpName = "LIST",
            AllowMultipleArgumentsPerToken = true,
        };
        var start = new Option<double>("--trunc-start")
        {
            Description = "First psi of --motion truncation.",
            HelpName = "PSI",
            DefaultValueFactory = _ => 1
        };
        var end = new Option<double>("--trunc-end")
        {
            Description = "Psi at the turning point of --motion truncation.",
            HelpName = "PSI",
            DefaultValueFactory = _ => -1
        };
        var harmonics = new Option<int>("--harmonics")
        {
            Description = "Liveliness of --motion noise.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        var fps = new Option<string?>("--fps")
        {
            Description = "Frames per second, such as 30, 29.97 or 30000/1001; default: 60, gif 50.",
            HelpName = "N",
        };
        var bitrate = new Option<double>("--bitrate")
        {
            Description = "Of mp4 and webm, in Mbit/s.",
            HelpName = "M",
            DefaultValueFactory = _ => 12,
        };
        var file = new Option<string?>("--output")
        {
            Description = "The video: .gif, or .mp4 or .webm through the system's ffmpeg.",
            HelpName = "FILE",
        };
        var folder = new Option<string?>("--frames")
        {
            Description = "Folder for single frames, instead of a video or in addition.",
            HelpName = "DIR",
        };

        var command = new Command("video", "Make a video of images that turn into each other; it ends where it begins.")
        {
            images.Network, seeds, motion, frames, keys, shuffle, grid, classes, start, end, harmonics, images, fps, bitrate,
                file, folder,
        };
        images.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            VideoRequest request = images.Apply(parsed, new VideoRequest
            {
                Seeds = SeedList.Parse(parsed.GetValue(seeds)!, "seeds"),
                Motion = VideoMotions.Parse(parsed.GetValue(motion)!, "motion"),
                Classes = parsed.GetValue(classes) is { Length: > 0 } words ? ClassKeys.Parse(words, "classes") : null,
                FramesPerKey = parsed.GetValue(frames),
                KeyFrames = parsed.GetValue(keys),
                ShuffleSeed = parsed.GetValue(shuffle),
                Grid = GridSize.Parse(parsed.GetValue(grid)!, "grid"),
                PsiStart = parsed.GetValue(start),
                PsiEnd = parsed.GetValue(end),
                Harmonics = parsed.GetValue(harmonics),
            });
            var target = new VideoTarget
            {
                File = parsed.GetValue(file),
                FrameFolder = parsed.GetValue(folder),
                FramesPerSecond = parsed.GetValue(fps) is string rate ? FrameRate.Parse(rate, "fps") : null,
                Megabits = parsed.GetValue(bitrate),
            };
            RequestException.ThrowIfAny([.. target.Validate(), .. request.Validate()]);
            Video.RequireWriter(target);
            using Model model = ConsoleModels.Open(
                parsed.GetValue(images.Network)!, images.Compute(parsed), request, output, cancel);
            Video.Check(model, request, target);
            if (request.Motion != VideoMotion.Classes)
            {
                ConsoleModels.SayClasses(model, request, output);
            }

            ProgressLine.Run(output, "Filming", "frames", request.FrameCount, done =>
                Video.Make(model, request, target, new CountedProgress(done), cancel));
            output.Say($"The video is {string.Join(" and ", new[] { target.File, target.FrameFolder }.Where(p => p is not null))}.");
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
