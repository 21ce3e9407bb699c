using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Data.Options;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Training.Options;

namespace StyleGanSharp.Cli.Output;

/// <summary>Problems of options in the words of the command line: properties become flags, advice becomes commands.</summary>
internal static class OptionFlags
{
    private static readonly Dictionary<string, string> Generation = new()
    {
        ["columnModel"] = "--col-network",
        ["seeds"] = "--seeds",
        ["latent"] = "--seeds",
        ["latent.z"] = "--latents",
        ["latent.w"] = "--projected-w",
        ["truncation"] = "--trunc",
        ["truncation.psi"] = "--trunc",
        ["truncation.cutoff"] = "--trunc-cutoff",
        ["truncation.levels"] = "--trunc-levels",
        ["truncation.layers"] = "--trunc-layers",
        ["noise.mode"] = "--noise-mode",
        ["noise.levels"] = "--noise-levels",
        ["noise.seed"] = "--noise-seed",
        ["class"] = "--class",
        ["label"] = "--label",
        ["classes"] = "--classes",
        ["classNames"] = "--class-names",
        ["levels"] = "--levels",
        ["storage"] = "--storage",
        ["transform"] = "--translate, --rotate, --scale",
        ["transform.translate"] = "--translate",
        ["transform.rotate"] = "--rotate",
        ["transform.scale"] = "--scale",
        ["rows"] = "--rows",
        ["columns"] = "--cols",
        ["layers"] = "--styles",
        ["styles"] = "--mix",
        ["grid"] = "--grid",
        ["samples"] = "--samples",
        ["motion"] = "--motion",
        ["framesPerKey"] = "--w-frames",
        ["keyFrames"] = "--num-keyframes",
        ["psiStart"] = "--trunc-start",
        ["psiEnd"] = "--trunc-end",
        ["harmonics"] = "--harmonics",
        ["output"] = "--output",
        ["frames"] = "--frames",
        ["fps"] = "--fps",
        ["bitrate"] = "--bitrate",
        ["outdir"] = "--outdir",
        ["format"] = "--format",
        ["device"] = "--device",
        ["threads"] = "--threads",
        ["precision"] = "--precision",
        ["request"] = "--from",
        ["annotate"] = "--annotate",
    };

    private static readonly Dictionary<string, string> Training = new()
    {
        ["preset"] = "--cfg",
        ["variant"] = "--variant",
        ["loss"] = "--loss",
        ["growFrom"] = "--grow-from",
        ["levelKimg"] = "--level-kimg",
        ["fadeKimg"] = "--fade-kimg",
        ["levelBatch"] = "--level-batch",
        ["data.path"] = "--data",
        ["data.useLabels"] = "--cond",
        ["data.subset"] = "--subset",
        ["data.workers"] = "--workers",
        ["batch"] = "--batch",
        ["microBatch"] = "--batch-gpu",
        ["gamma"] = "--gamma",
        ["channelBase"] = "--cbase",
        ["channelMax"] = "--cmax",
        ["mappingLayers"] = "--map-depth",
        ["latentSize"] = "--latent",
        ["groupSize"] = "--mbstd-group",
        ["generatorRate"] = "--glr",
        ["discriminatorRate"] = "--dlr",
        ["pathLengthWeight"] = "--pl-weight",
        ["styleMixing"] = "--style-mixing",
        ["precision"] = "--precision",
        ["averageKimg"] = "--ema-kimg",
        ["augmentation"] = "--aug",
        ["pipeline"] = "--augpipe",
        ["diffAugmentPolicy"] = "--diffaug-policy",
        ["strength"] = "--p",
        ["target"] = "--target",
        ["maxStrength"] = "--p-max",
        ["freezeLayers"] = "--freezed",
        ["startFrom"] = "--resume",
        ["kimg"] = "--kimg",
        ["tickKimg"] = "--tick",
        ["snapshotTicks"] = "--snap",
        ["processes"] = "--processes",
        ["oneDeviceEach"] = "--gpus",
        ["threads"] = "--threads",
        ["device"] = "--device",
        ["saveMinutes"] = "--save-minutes",
        ["metrics"] = "--metrics",
        ["detector"] = "--detector",
        ["metricSamples"] = "--metric-samples",
    };

    private static readonly Dictionary<string, string> Creation = new()
    {
        ["resolution"] = "--resolution",
        ["shape"] = "--transform",
        ["labels"] = "--labels",
    };

    /// <summary>The flag of a training option; null: there is none.</summary>
    internal static string? OfTraining(string property) => Training.GetValueOrDefault(property);

    /// <summary>All problems of a request, a sentence each.</summary>
    /// <param name="exception">The problems.</param>
    /// <param name="network">The option that named the network.</param>
    internal static string Explain(RequestException exception, string network = "--network") =>
        string.Join(" ", exception.Problems.Select(p => Sentence(p, network)).Distinct());

    /// <summary>All problems of a training, a line each.</summary>
    internal static string Explain(TrainingOptionsException exception) =>
        string.Join(Environment.NewLine, exception.Problems.Select(p => p.Sentence(OfTraining, Command)).Distinct());

    /// <summary>What is wrong with a data set.</summary>
    internal static string Explain(DatasetException exception) =>
        exception.Sentence(property => Creation.GetValueOrDefault(property), Command);

    /// <summary>Advice as a command that can be copied.</summary>
    internal static string Command(CreationAdvice advice)
    {
        if (advice.LeavesOutDamage)
        {
            return $"'stylegan dataset verify {advice.Source}' lists what is damaged, "
                + $"'stylegan dataset create --source {advice.Source} --dest NEW.zip' leaves it out";
        }

        string size = advice.Side is int side
            ? $" --resolution {side}x{side} --transform center-crop" : advice.ChoosesResolution ? " --resolution WxH" : "";
        string channels =
            advice.Channels switch { 1 => " --channels gray", 3 => " --channels rgb", 4 => " --channels rgba", _ => "" };
        string others = advice.Side is null ? "" : " (or --transform pad or squash)";
        return $"create a data set with 'stylegan dataset create --source {advice.Source} --dest NEW.zip{size}{channels}'{others}";
    }

    private static string Sentence(OptionProblem problem, string network)
    {
        string? Name(string property) => property == "model" ? network : Generation.GetValueOrDefault(property);

        // Files and tables are not options: their own name says enough.
        return Name(problem.Property) is null && problem.Value is string value
            ? (problem with { Value = null }).Sentence(property => property == problem.Property ? value : Name(property))
            : problem.Sentence(Name);
    }
}
