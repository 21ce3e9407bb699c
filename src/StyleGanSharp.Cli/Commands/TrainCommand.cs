using System.CommandLine;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Cli.Training;
using StyleGanSharp.Networks;
using StyleGanSharp.Training.Options;
using StyleGanSharp.Training.Sessions;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan train</c>: trains a network, or continues to.</summary>
internal static class TrainCommand
{
    // Of the field's programs: their memory layout and their search for fast algorithms.
    private static readonly string[] IgnoredFlags = ["--nhwc", "--nobench", "--allow-tf32"];

    internal static Command Create(CommandOutput output)
    {
        static Option<T> Choice<T>(string name, string help, string value, params string[] aliases) =>
            new(name, aliases) { Description = help, HelpName = value };

        var data = new Option<string>("--data")
        {
            Description = "Data set: a zip or folder made by `dataset create`, or any folder of equal images.",
            HelpName = "ZIP|DIR",
            Required = true
        };
        var outdir = new Option<string>("--outdir")
        {
            Description = "The run's folder; the same command on the same folder continues the run exactly.",
            HelpName = "DIR",
            Required = true
        };
        Option<string> cfg = new("--cfg")
        {
            Description = $"Preset: {string.Join(", ", Presets.All.Select(p => p.Name))}.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "auto"
        };
        Option<string?> variant = Choice<string?>(
            "--variant", "Configuration of the paper's ablation: a to f of stylegan1, b to f of stylegan2; default: f.",
            "LETTER");
        Option<string?> loss = Choice<string?>(
            "--loss", "Loss: logistic or wgan-gp (progan, stylegan1); default: the preset's.", "NAME");
        Option<int?> growFrom = Choice<int?>(
            "--grow-from", "Resolution that a growing network begins with; default: the preset's.", "N");
        Option<double?> levelKimg = Choice<double?>(
            "--level-kimg", "Training of a resolution before the next is faded in; default: the preset's.", "KIMG");
        Option<double?> fadeKimg = Choice<double?>("--fade-kimg", "Fading in of a resolution; default: the preset's.", "KIMG");
        Option<string?> levelBatch = Choice<string?>(
            "--level-batch", "Pictures of an iteration by resolution, as 4:128,8:64; default: --batch, or the preset's.", "LIST");
        Option<bool> cond = Choice<bool>("--cond", "Train with the labels of the data set.", "");
        Option<bool> mirror = Choice<bool>("--mirror", "Add images mirrored left to right.", "", "--mirror-x");
        Option<bool> mirrorY = Choice<bool>("--mirror-y", "Add images mirrored top to bottom.", "");
        Option<int?> subset = Choice<int?>("--subset", "Use only N images, chosen by the seed.", "N");
        Option<int?> batch = Choice<int?>("--batch", "Pictures of an iteration; default: the preset's.", "N");
        Option<int?> microBatch = Choice<int?>("--batch-gpu", "Pictures in memory at one time; default: what fits.", "N");
        Option<double?> gamma = Choice<double?>("--gamma", "Weight of R1; default: automatic, and the rule is said.", "X");
        Option<int?> cbase = Choice<int?>("--cbase", "Feature maps times resolution; default: the preset's.", "N");
        Option<int?> cmax = Choice<int?>("--cmax", "Most feature maps; default: the preset's.", "N");
        Option<int?> mapDepth = Choice<int?>(
            "--map-depth", "Layers of the mapping network, 0 for none (StyleGAN and StyleGAN2: w is the normalised z); default: "
                + "the preset's.", "N");
        Option<int?> latent = Choice<int?>("--latent", "Size of z and w; default: the preset's.", "N");
        Option<int?> group = Choice<int?>(
            "--mbstd-group", "Pictures compared by the minibatch standard deviation; default: the preset's.", "N");
        Option<double?> glr = Choice<double?>("--glr", "Learning rate of the generator; default: the preset's.", "X");
        Option<double?> dlr = Choice<double?>("--dlr", "Learning rate of the discriminator; default: the preset's.", "X");
        Option<double?> pathLength = Choice<double?>(
            "--pl-weight", "Weight of the path length regularisation, 0: none; default: the preset's.", "X");
        Option<double?> mixing = Choice<double?>("--style-mixing", "Probability of style mixing; default: the preset's.", "P");
        Option<double?> ema = Choice<double?>(
            "--ema-kimg", "Half-life of the generator's running average; default: the preset's.", "KIMG");
        Option<string?> aug = Choice<string?>("--aug", "Augmentation: noaug, fixed, ada or diffaug; default: ada.", "MODE");
        Option<string?> pipe = Choice<string?>("--augpipe", "Kinds of augmentation; default: bgc.", "NAME");
        Option<string?> policy = Choice<string?>(
            "--diffaug-policy", "Transforms of --aug diffaug; default: color,translation,cutout.", "LIST");
        Option<double?> p = Choice<double?>("--p", "Strength of a fixed augmentation, 0 to 1.", "P");
        Option<double?> target = Choice<double?>("--target", "What ADA aims at; default: 0.6.", "X");
        Option<double?> pMax = Choice<double?>("--p-max", "Largest strength of the augmentation; default: 1.", "P");
        Option<int?> freezed = Choice<int?>("--freezed", "Freeze the first N layers of the discriminator.", "N");
        Option<string?> resume = Choice<string?>(
            "--resume", "Start from the weights of another network: file, address or official name; latest: "
                + "the newest snapshot in --outdir, or the run itself. (Continuing a run needs no option.)", "NETWORK");
        Option<double?> kimg = Choice<double?>("--kimg", "Length in thousands of images; default: the preset's.", "KIMG");
        Option<double?> tick = Choice<double?>(
            "--tick", "Thousands of images from one status line to the next; default: the preset's.", "KIMG");
        Option<int?> snap = Choice<int?>(
            "--snap", "Status lines from one snapshot to the next, 0: only the last; default: 50.", "N");
        var seed = new Option<uint>("--seed")
        {
            Description = "Seed of everything random.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        var workers = new Option<int>("--workers")
        {
            Description = "Threads that decode images.",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
        };
        var save = new Option<double>("--save-minutes")
        {
            Description = "The run's state is saved at least so often: what a power cut can cost.",
            HelpName = "MIN",
            DefaultValueFactory = _ => 10
        };
        var metrics = new Option<string>("--metrics")
        {
            Description =
                "What is measured at every snapshot, separated by commas: metrics as in 'stylegan metrics', e.g. "
                    + "fid5k_full,pr5k3_full; fid; none; or auto (fid where --detector is given). The first one decides which "
                    + "snapshot is the best.",
            HelpName = "LIST",
            DefaultValueFactory = _ => "auto"
        };
        Option<string?> detector = Choice<string?>(
            "--detector", "Feature network to use instead of the shipped SqueezeNet: .safetensors, "
                + "or a TorchScript detector, whose code is executed.", "FILE");
        var metricSamples = new Option<int?>("--metric-samples")
        {
            Description = "Generated images of every metric; default: the number in its name, 5000 for fid.",
            HelpName = "N",
        };
        Option<int?> processes = Choice<int?>(
            "--processes", "Train in N processes on this machine, each with its share of the batch (docs/distributed.md).", "N");
        Option<int?> gpus = Choice<int?>("--gpus", "The same with one CUDA device for each process.", "N");
        Option<bool> noMetadata = SharedOptions.NoMetadata("grids", "the options of the run");
        var fp32 = new Option<bool>("--fp32") { Description = "The field's name of --precision float32.", Hidden = true };
        Option[] ignored =
        [
            .. IgnoredFlags.Select(name => new Option<bool>(name) { Hidden = true }), new Option<string?>(
                "--desc") { Hidden = true },
        ];
        var dryRun = new Option<bool>("--dry-run", "-n") { Description = "Print the resolved options as JSON and end." };
        var precision = new PrecisionOptions();
        var device = new DeviceOptions();

        var command = new Command("train", "Train a network on a data set, or continue to.")
        {
            data, outdir, cfg, variant, loss, growFrom, levelKimg, fadeKimg, levelBatch, cond, mirror, mirrorY, subset, batch,
                microBatch, gamma, cbase, cmax, mapDepth, latent, group, glr, dlr, pathLength, mixing,
            ema, aug, pipe, policy, p, target, pMax, freezed, resume, kimg, tick, snap, seed, workers, save, metrics, detector,
            metricSamples, processes, gpus, noMetadata, fp32, dryRun,
        };
        foreach (Option option in ignored)
        {
            command.Add(option);
        }

        command.Add(precision);
        device.AddTo(command);
        command.SetAction((parsed, cancel) =>
        {
            string[] given = [.. ignored.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => o.Name)];
            if (given.Length > 0 && !Worker.IsOne)
            {
                output.Say($"{string.Join(", ", given)}: without effect here; devices, "
                    + $"memory layout and folder names are chosen by other options.");
            }

            var options = new TrainingSessionOptions
            {
                OutDir = parsed.GetValue(outdir)!,
                Compute = device.Parse(parsed),
                Processes = Processes(parsed.GetValue(processes), parsed.GetValue(gpus)),
                OneDeviceEach = parsed.GetValue(gpus) is > 1,
                SaveMinutes = parsed.GetValue(save),
                Metrics = parsed.GetValue(metrics)!,
                Detector = parsed.GetValue(detector),
                MetricSamples = parsed.GetValue(metricSamples),
                Metadata = !parsed.GetValue(noMetadata),
                Request = new TrainingRequest
                {
                    Preset = parsed.GetValue(cfg)!,
                    Data = new DataOptions
                    {
                        Path = parsed.GetValue(data)!,
                        UseLabels = parsed.GetValue(cond),
                        MirrorX = parsed.GetValue(mirror),
                        MirrorY = parsed.GetValue(mirrorY),
                        Subset = parsed.GetValue(subset),
                        Workers = parsed.GetValue(workers),
                    },
                    Variant = parsed.GetValue(variant),
                    Loss = parsed.GetValue(loss),
                    GrowFrom = parsed.GetValue(growFrom),
                    LevelKimg = parsed.GetValue(levelKimg),
                    FadeKimg = parsed.GetValue(fadeKimg),
                    LevelBatch = parsed.GetValue(levelBatch),
                    Batch = parsed.GetValue(batch),
                    MicroBatch = parsed.GetValue(microBatch),
                    Gamma = parsed.GetValue(gamma),
                    ChannelBase = parsed.GetValue(cbase),
                    ChannelMax = parsed.GetValue(cmax),
                    MappingLayers = parsed.GetValue(mapDepth),
                    LatentSize = parsed.GetValue(latent),
                    GroupSize = parsed.GetValue(group),
                    GeneratorRate = parsed.GetValue(glr),
                    DiscriminatorRate = parsed.GetValue(dlr),
                    PathLengthWeight = parsed.GetValue(pathLength),
                    StyleMixing = parsed.GetValue(mixing),
                    Precision = precision.Parse(parsed),
                    AverageKimg = parsed.GetValue(ema),
                    Augmentation = parsed.GetValue(aug),
                    Pipeline = parsed.GetValue(pipe),
                    DiffAugmentPolicy = parsed.GetValue(policy),
                    Strength = parsed.GetValue(p),
                    Target = parsed.GetValue(target),
                    MaxStrength = parsed.GetValue(pMax),
                    FreezeLayers = parsed.GetValue(freezed),
                    StartFrom = parsed.GetValue(resume),
                    Kimg = parsed.GetValue(kimg),
                    TickKimg = parsed.GetValue(tick),
                    SnapshotTicks = parsed.GetValue(snap),
                    Seed = parsed.GetValue(seed),
                },
            };
            if (parsed.GetValue(fp32) && options.Request.Precision != Precision.Float32)
            {
                throw new UserException("--fp32 contradicts --precision fast: leave one out.");
            }

            if (parsed.GetValue(dryRun))
            {
                TrainJob.Print(options, output, cancel);
            }
            else
            {
                TrainJob.Run(options, [.. parsed.Tokens.Select(t => t.Value)], output, cancel);
            }

            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static int? Processes(int? processes, int? gpus)
    {
        return processes is null || gpus is null || processes == gpus ? processes ?? gpus
            : throw new UserException($"--processes {processes} contradicts --gpus {gpus}: leave one out.");
    }
}
