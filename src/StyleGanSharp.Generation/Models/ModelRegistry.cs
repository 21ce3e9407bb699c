using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Generation.Requests;
using StyleGanSharp.Generation.Text;

namespace StyleGanSharp.Generation.Models;

/// <summary>Finds the file of a model: a path, a shipped model's name, an official network's name, or an address.</summary>
public static class ModelRegistry
{
    private const string Property = "model";
    private const string Licence =
        "NVIDIA's official networks are licensed for non-commercial use only (research and evaluation): "
            + "see the project that publishes this one.";

    /// <summary>
    /// The file to read; downloads it first if necessary. What looks like a path is returned as it is, whether it exists or not.
    /// </summary>
    /// <param name="name">Path, name or http(s) address.</param>
    /// <param name="report">Told about licences and downloads; null: nobody is.</param>
    /// <param name="cancel">Ends a download; what has arrived is kept and continued by the next call.</param>
    /// <exception cref="RequestException">There is no such name, or the address is malformed.</exception>
    /// <exception cref="GenerationException">The network could not be downloaded.</exception>
    public static string Locate(string name, IModelReport? report = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        report ??= SilentReport.Instance;
        if (File.Exists(name))
        {
            return name;
        }

        if (ShippedModels.Find(name) is string shipped)
        {
            return shipped;
        }

        // A folder that happens to have a network's name, such as a run's, does not stand in its way.
        if (Directory.Exists(name) && OfficialModels.Find(name) is null)
        {
            return name;
        }

        if (Address(name) is not Uri address)
        {
            return name;
        }

        if (OfficialModels.IsOfficial(address))
        {
            report.Say(Licence);
        }

        return Download.Once(
            address, Path.Combine(CacheFolder.Find(), CacheFolder.FileName(address)), DownloadKind.Network, report, cancel);
    }

    private static Uri? Address(string name)
    {
        if (name.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(name, UriKind.Absolute, out Uri? given)
                ? given
                : throw new RequestException(Property, SafeText.Of(name), "is not a valid address");
        }

        // Whatever looks like a path is one; reading it says what is wrong with it.
        bool isPath = Path.GetFileName(name) != name || Path.HasExtension(name);
        return OfficialModels.Find(name) ?? (isPath ? null : throw Unknown(name));
    }

    private static RequestException Unknown(string name)
    {
        string[] near = SimilarNames.Of(name, [.. OfficialModels.Names, .. OfficialModels.ShortNames.Keys]);
        string advice = near.Length > 0
            ? $"did you mean {string.Join(", ", near)}?"
            : "these begin with ffhq, metfaces, afhqcat, stylegan3-t-ffhq-1024x1024 (docs/networks.md lists all)";
        return new RequestException(Property, SafeText.Of(name), $"is neither a file nor an official network; {advice}");
    }
}
