using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Cli.Downloads;

/// <summary>What <c>--network</c> and its relatives name: a file, an official network, or an address.</summary>
internal static class NetworkLocator
{
    private const string Licence = "NVIDIA's official networks are licensed for non-commercial use only (research and evaluation): see the project that publishes this one.";

    /// <summary>The file to read; downloads it first where it must be.</summary>
    /// <param name="text">The value of the option.</param>
    /// <param name="output">Takes the licence and the progress of a download.</param>
    /// <param name="cancel">Ends a download.</param>
    /// <param name="option">What messages call it.</param>
    /// <exception cref="UserException">There is no such name, or the address is none.</exception>
    /// <exception cref="RunException">The network could not be downloaded.</exception>
    internal static string Find(string text, CommandOutput output, CancellationToken cancel, string option = "--network")
    {
        if (File.Exists(text))
        {
            return text;
        }

        if (OwnModels.Find(text) is string own)
        {
            return own;
        }

        // A folder is no network: one that happens to have a network's name, such as a run's, does not stand in its way.
        if (Directory.Exists(text) && NetworkCatalog.Find(text) is null)
        {
            return text;
        }

        if (Address(text, option) is not Uri address)
        {
            return text;
        }

        if (NetworkCatalog.IsOfficial(address))
        {
            output.Say(Licence);
        }

        return Fetch(address, output, cancel, option);
    }

    private static Uri? Address(string text, string option)
    {
        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? given)
                ? given
                : throw new UserException($"{option} '{SafeText.Of(text)}' is no address.");
        }

        // Whatever looks like a path is one; reading it says what is wrong with it.
        return NetworkCatalog.Find(text) ?? (Path.GetFileName(text) == text && !Path.HasExtension(text) && text.Length > 0 ? throw Unknown(text, option) : null);
    }

    private static UserException Unknown(string text, string option)
    {
        string[] near = SimilarNames.Of(text, [.. NetworkCatalog.Names, .. NetworkCatalog.ShortNames.Keys]);
        return new UserException(
            $"{option} '{SafeText.Of(text)}' is neither a file nor an official network; "
            + (near.Length > 0 ? $"did you mean {string.Join(", ", near)}?" : "these begin with ffhq, metfaces, afhqcat, stylegan3-t-ffhq-1024x1024 (docs/networks.md lists all)."));
    }

    private static string Fetch(Uri address, CommandOutput output, CancellationToken cancel, string option)
    {
        string path = Path.Combine(CacheFolder.Find(), CacheFolder.FileName(address));
        try
        {
            if (!File.Exists(path))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                new Download(address, path, output, option).Run(cancel);
            }

            return path;
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new RunException(FileFault.DescribeWrite(e, path));
        }
    }
}
