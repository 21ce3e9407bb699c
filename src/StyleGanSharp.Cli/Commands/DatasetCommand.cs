using System.CommandLine;
using StyleGanSharp.Cli.Datasets;
using StyleGanSharp.Data.Datasets.Creation;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan dataset</c>: makes, inspects and checks data sets.</summary>
internal static class DatasetCommand
{
    internal static Command Create(CommandOutput output) => new("dataset", "Make, inspect, check and compare data sets.")
    {
        CreateVerb(output),
        FileVerb("inspect", "Say what a data set is: number, size, channels and labels of its images.", output,
            DatasetInspection.Inspect),
        FileVerb("verify", "Decode every image of a data set and list the damaged ones (exit code 1 when there are some).",
            output, DatasetVerification.Verify),
        FileVerb("labels", "List the classes of a data set and how many images each has.", output, DatasetInspection.Labels),
        CompareVerb(output),
    };

    private static Command CompareVerb(CommandOutput output)
    {
        var first = new Argument<string>("A") { Description = "A data set." };
        var second = new Argument<string>("B") { Description = "Another one; it may be stored in another form." };
        var ignore = new Option<bool>("--ignore-labels") { Description = "Compare images only." };
        var command = new Command(
            "compare", "Compare two data sets image by image (exit code 1 when they differ).") { first, second, ignore };
        command.SetAction((parsed, cancel) => Task.FromResult(
            DatasetComparison.Compare(
                parsed.GetValue(first)!, parsed.GetValue(second)!, parsed.GetValue(ignore), output, cancel)));
        return command;
    }

    private static Command FileVerb(
        string name, string description, CommandOutput output, Func<string, bool, CommandOutput, CancellationToken, int> run)
    {
        var file = new Argument<string>("DATASET") { Description = "Zip archive, folder, or folder of TFRecords." };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text." };
        var command = new Command(name, description) { file, json };
        command.SetAction(
            (parsed, cancel) => Task.FromResult(run(parsed.GetValue(file)!, parsed.GetValue(json), output, cancel)));
        return command;
    }

    private static Command CreateVerb(CommandOutput output)
    {
        var source = new Option<string>("--source")
        {
            Description =
                "Folder or zip of images, LMDB folder (LSUN), folder of TFRecords, MNIST (...-images-idx3-ubyte.gz), "
                    + "CIFAR-10 (...-python.tar.gz), SVHN (..._32x32.mat), or the word fonts.",
            HelpName = "PATH",
            Required = true
        };
        var target = new Option<string>("--dest")
        {
            Description = "Zip archive to write; a folder with --format folder or tfrecords.",
            HelpName = "PATH",
            Required = true
        };
        var format = new Option<string>("--format", "--to")
        {
            Description =
                "zip, folder (of PNG files) or tfrecords (all resolutions from 4x4 up, for older tools).",
            HelpName = "NAME",
            DefaultValueFactory = _ => "zip"
        };
        var force = new Option<bool>("--force") { Description = "Replace the zip archive if it exists." };
        var shape = new Option<string>("--transform")
        {
            Description = "none, center-crop, center-crop-wide, pad or squash.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "none"
        };
        var resolution = new Option<string?>("--resolution")
        {
            Description = "Size to resize to, as 256x256 or 256; without it images stay as they are.",
            HelpName = "WxH"
        };
        var width = new Option<int?>("--width")
        {
            Description = "The same as two numbers, as older tools have them.",
            HelpName = "N",
        };
        var height = new Option<int?>("--height") { Description = "See --width.", HelpName = "N" };
        var filter = new Option<string>("--resize-filter")
        {
            Description = "lanczos or box.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "lanczos",
        };
        var channels = new Option<string>("--channels")
        {
            Description = "gray, rgb, rgba, or auto: rgba where an image has transparent pixels, gray where all are gray, "
                + "else rgb.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto",
        };
        var background = new Option<string>("--background")
        {
            Description = "Colour behind removed alpha and around padded images.",
            HelpName = "R,G,B",
            DefaultValueFactory = _ => "0,0,0"
        };
        var labels = new Option<string>("--labels")
        {
            Description = "source (dataset.json or label file), folders (the folder is the class) or none.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "source"
        };
        var depth = new Option<int?>("--labels-depth")
        {
            Description =
                "With --labels folders: which folders are the classes, 1 = the outermost ones, 2 = those inside of them.",
            HelpName = "N"
        };
        var most = new Option<int?>("--max-images")
        {
            Description = "Only so many images, from the beginning (after --shuffle).",
            HelpName = "N",
        };
        var shuffle = new Option<uint?>("--shuffle")
        {
            Description =
                "Take the images in random order; the same SEED gives the same order. Without SEED: 123, as older tools do.",
            HelpName = "SEED",
            Arity = ArgumentArity.ZeroOrOne
        };
        var tile = new Option<string?>("--tile")
        {
            Description = "Pictures are sprite sheets: cut them into tiles of this size, row by row.",
            HelpName = "WxH"
        };
        var tileGap = new Option<int>("--tile-gap")
        {
            Description = "Pixels between tiles.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        var tileMargin = new Option<int>("--tile-margin")
        {
            Description = "Pixels around all tiles.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        var tileCount = new Option<int?>("--tile-count")
        {
            Description = "Tiles of each sheet, from its beginning; all that fit by default.",
            HelpName = "N",
        };
        var threads = new Option<int?>("--threads") { Description = "Threads; all processors by default.", HelpName = "N" };
        var fonts = new Option<string?>("--fonts-dir")
        {
            Description = "With --source fonts: only the fonts of this folder.",
            HelpName = "DIR",
        };
        var exclude = new Option<string[]>("--exclude")
        {
            Description = "With --source fonts: leave out families whose name contains this; may be repeated.",
            HelpName = "TEXT"
        };
        var letters = new Option<string?>("--letters")
        {
            Description = "With --source fonts: the letters, A to Z by default.",
            HelpName = "TEXT",
        };
        var holdOut = new Option<double>("--hold-out")
        {
            Description = "With --source fonts: part of the families that goes to NAME-heldout.zip.",
            HelpName = "PART",
            DefaultValueFactory = _ => 0
        };
        var command = new Command("create", "Make a data set; damaged images are left out and listed.")
        {
            source, target, format, force, shape, resolution, width, height, filter, channels, background, labels, depth, most,
                shuffle, tile, tileGap, tileMargin, tileCount, threads, fonts, exclude, letters, holdOut,
        };
        command.SetAction((parsed, cancel) =>
        {
            DatasetFormat written = CreateTexts.Named<DatasetFormat>("--format", parsed.GetValue(format)!);
            var job = new CreateJob(output, parsed.GetValue(target)!, written, parsed.GetValue(force), cancel);
            (int Width, int Height)? size = CreateTexts.Size(
                parsed.GetValue(resolution), parsed.GetValue(width), parsed.GetValue(height));
            LabelSource labelSource = CreateTexts.Named<LabelSource>("--labels", parsed.GetValue(labels)!);
            if (labelSource != LabelSource.Folders)
            {
                CreateTexts.RequireNone(parsed, "needs --labels folders", depth);
            }

            if (parsed.GetValue(source) == "fonts")
            {
                CreateTexts.RequireNone(parsed, "does not belong to --source fonts", format, shuffle, most, tile);
                job.Fonts(new()
                {
                    Folder = parsed.GetValue(fonts),
                    Exclude = parsed.GetValue(exclude) ?? [],
                    Letters = parsed.GetValue(letters) ?? new Data.Datasets.Creation.Fonts.FontOptions().Letters,
                    Side = CreateTexts.Side(size),
                    HoldOut = parsed.GetValue(holdOut),
                });
                return Task.FromResult((int)ExitCode.Done);
            }

            CreateTexts.RequireNone(parsed, "only belongs to --source fonts", fonts, exclude, letters, holdOut);
            if (parsed.GetValue(tile) is null)
            {
                CreateTexts.RequireNone(parsed, "needs --tile WxH", tileGap, tileMargin, tileCount);
            }

            job.Pictures(parsed.GetValue(source)!, new DatasetCreationOptions
            {
                Shape = CreateTexts.Shape(parsed.GetValue(shape)!),
                Resolution = size,
                Filter = CreateTexts.Named<ResizeFilter>("--resize-filter", parsed.GetValue(filter)!),
                Channels = CreateTexts.Named<ChannelChoice>("--channels", parsed.GetValue(channels)!),
                Background = CreateTexts.Colour(parsed.GetValue(background)!),
                Format = written,
                Sheet = CreateTexts.Sheet(
                    parsed.GetValue(tile), parsed.GetValue(tileGap), parsed.GetValue(tileMargin), parsed.GetValue(tileCount)),
                Order = parsed.GetResult(shuffle) is { Implicit: false } ? CreateTexts.Shuffled(parsed.GetValue(shuffle)) : null,
                Labels = labelSource,
                LabelDepth = CreateTexts.Positive("--labels-depth", parsed.GetValue(depth)),
                MaxImages = CreateTexts.Positive("--max-images", parsed.GetValue(most)),
                Threads = CreateTexts.Positive("--threads", parsed.GetValue(threads)) ?? Environment.ProcessorCount,
            });
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
