using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Output;

/// <summary>Problems of requests in the words of the command line: properties become flags.</summary>
internal static class RequestFlags
{
    private static readonly Dictionary<string, string> Flags = new()
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
        ["annotate"] = "--annotate",
        ["format"] = "--format",
        ["device"] = "--device",
        ["threads"] = "--threads",
        ["request"] = "--from",
    };

    /// <summary>All problems of a request, a sentence each.</summary>
    /// <param name="exception">The problems.</param>
    /// <param name="network">The option that named the network.</param>
    internal static string Explain(RequestException exception, string network = "--network") =>
        string.Join(" ", exception.Problems.Select(p => Sentence(p, network)).Distinct());

    private static string Sentence(RequestProblem problem, string network)
    {
        string? flag = problem.Property == "model" ? network : Flags.GetValueOrDefault(problem.Property);

        // Files and tables are not options: their own name says enough.
        return flag is null && problem.Value is string value
            ? (problem with { Value = null }).Sentence(value)
            : problem.Sentence(flag);
    }
}
