using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Output;

/// <summary>Problems of requests in the words of the command line: properties become flags.</summary>
internal static class RequestFlags
{
    private static readonly Dictionary<string, string> Flags = new()
    {
        ["model"] = "--network",
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
        ["request"] = "--from",
    };

    /// <summary>All problems of a request, a sentence each.</summary>
    internal static string Explain(RequestException exception) => string.Join(" ", exception.Problems.Select(Sentence).Distinct());

    private static string Sentence(RequestProblem problem)
    {
        string end = problem.Reason.EndsWith('?') ? "" : ".";

        // Files and tables are not options: their own name says enough.
        return !Flags.TryGetValue(problem.Property, out string? flag)
            ? $"{problem.Value ?? problem.Property}: {problem.Reason}{end}"
            : problem.Value is { Length: > 0 } value ? $"{flag} {value}: {problem.Reason}{end}" : $"{flag}: {problem.Reason}{end}";
    }
}
