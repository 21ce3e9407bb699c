using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Metrics.Samples;

namespace StyleGanSharp.Metrics.Statistics;

/// <summary>
/// Keeps what was computed of real images, by the content of the images and the weights of the network, in a folder. Old files
/// are removed when the folder grows beyond its limit.
/// </summary>
/// <param name="folder">The folder; made when something is kept.</param>
public sealed class StatisticsCache(string folder)
{
    // Some thirty statistics of Inception's size.
    private const long Limit = 1L << 30;

    private const string Ending = ".safetensors";

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Identifies the content of a choice of images; reads all of them once.</summary>
    internal static string Identify(DatasetView view, CancellationToken cancel) => string.Create(
        CultureInfo.InvariantCulture,
        $"images={view.Dataset.ContentHash(Enumerable.Range(0, view.Count).Select(i => view[i].Index), cancel)};"
            + $"count={view.Count};mirrored={view.Options.FlipX}");

    /// <summary>Takes a statistic from the cache.</summary>
    /// <param name="statistic">Takes over what is kept.</param>
    /// <param name="images">As <see cref="Identify"/> gave it.</param>
    /// <param name="count">Number of images.</param>
    /// <returns>
    /// Whether it was there, and if not, the key under which it is to be kept after computing; null: it is not kept.
    /// </returns>
    internal (bool Taken, string? Key) Take(IImageStatistic statistic, string images, int count)
    {
        if (statistic is not ICachedStatistic { Kind: { } kind } cached)
        {
            return (false, null);
        }

        string key = $"2;{images};{kind}";
        string path = PathOf(key);
        if (!cached.TryRead(path, key, count))
        {
            return (false, key);
        }

        try
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow); // Used lately: not among the first to go.
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            // Of a cache that cannot be written, all is kept.
        }

        return (true, null);
    }

    /// <summary>Keeps a statistic.</summary>
    /// <param name="key">As <see cref="Take"/> gave it.</param>
    /// <param name="statistic">What is kept.</param>
    /// <param name="warn">Told when it cannot be kept, which costs only time.</param>
    internal void Keep(string key, IImageStatistic statistic, Action<string>? warn)
    {
        try
        {
            Directory.CreateDirectory(folder);
            ((ICachedStatistic)statistic).Write(PathOf(key), key);
            RemoveOldest();
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            warn?.Invoke(
                $"The statistics of the real images could not be kept ({e.Message.TrimEnd('.')}): they will be computed again.");
        }
    }

    private string PathOf(string key) => Path.Combine(
        folder, $"reals-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..24]}{Ending}");

    private void RemoveOldest()
    {
        long total = 0;
        foreach (FileInfo file in new DirectoryInfo(folder).GetFiles($"reals-*{Ending}").OrderByDescending(f => f.LastWriteTimeUtc))
        {
            total += file.Length;
            if (total > Limit)
            {
                file.Delete();
            }
        }
    }
}
