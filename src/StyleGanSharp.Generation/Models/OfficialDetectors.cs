using StyleGanSharp.Generation.Models.Downloads;

namespace StyleGanSharp.Generation.Models;

/// <summary>
/// The field's metric networks as TorchScript files, from where StyleGAN2-ADA publishes them: downloaded once, then found in the
/// cache.
/// </summary>
public static class OfficialDetectors
{
    private const string Folder = "https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/";

    /// <summary>Where a detector is published.</summary>
    /// <param name="detector">Which one.</param>
    public static Uri Address(OfficialDetector detector) => new(Folder + FileName(detector));

    /// <summary>The file of a detector in the cache; null: it has not been downloaded yet.</summary>
    /// <param name="detector">Which one.</param>
    public static string? Cached(OfficialDetector detector) => CachePath(detector) is var path && File.Exists(path) ? path : null;

    /// <summary>The file of a detector; downloads it first if necessary.</summary>
    /// <param name="detector">Which one.</param>
    /// <param name="report">Told about the download; null: nobody is.</param>
    /// <param name="cancel">Ends a download; what has arrived is kept and continued by the next call.</param>
    /// <exception cref="GenerationException">It could not be downloaded, or is no TorchScript archive.</exception>
    public static string Locate(
        OfficialDetector detector, IModelReport? report = null, CancellationToken cancel = default) =>
        Locate(detector, Address(detector), report ?? SilentReport.Instance, cancel);

    /// <inheritdoc cref="Locate(OfficialDetector, IModelReport?, CancellationToken)"/>
    internal static string Locate(OfficialDetector detector, Uri address, IModelReport report, CancellationToken cancel)
    {
        if (Cached(detector) is { } cached)
        {
            return cached;
        }

        string path = CachePath(detector);
        report.Say($"The detector {FileName(detector)} is downloaded once and kept as {path}.");
        return Download.Once(address, path, DownloadKind.Detector, report, cancel);
    }

    // Under its own name, which is that of its feature space in results; no other file can claim it in this folder.
    private static string CachePath(OfficialDetector detector) =>
        Path.Combine(CacheFolder.Find(), "detectors", FileName(detector));

    private static string FileName(OfficialDetector detector) => detector switch
    {
        OfficialDetector.Inception => "inception-2015-12-05.pt",
        OfficialDetector.Vgg16 => "vgg16.pt",
        _ => throw new ArgumentOutOfRangeException(nameof(detector), detector, "There is no such detector."),
    };
}
