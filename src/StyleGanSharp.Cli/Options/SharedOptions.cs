using System.CommandLine;
using StyleGanSharp.Generation.Models;

namespace StyleGanSharp.Cli.Options;

/// <summary>Single options that several verbs spell alike.</summary>
internal static class SharedOptions
{
    internal static Option<string> Network() => new("--network")
    {
        Description = "Snapshot to generate with: a file, an address, the name of an official network, e.g. ffhq, "
            + "or people or letters, this project's own.",
        HelpName = "NETWORK",
        DefaultValueFactory = _ => ShippedModels.Default,
    };

    internal static Option<string?> Class() =>
        new("--class")
        {
            Description =
            "Class of a conditional network: its number, its name where the file has names, or a mixture such as A:0.5,Q:0.5.",
            HelpName = "CLASS"
        };

    internal static Option<string?> Label() => new("--label")
    {
        Description = "Label of a network that was trained with label vectors: all its numbers, "
            + "joined by commas, as they are: 0.5,0.2.",
        HelpName = "NUMBERS",
    };

    internal static Option<bool> NoMetadata(string what = "PNG and WebP files", string carried = "the request that made them") =>
        new("--no-metadata") { Description = $"Do not let {what} carry {carried}." };

    internal static Option<string> OutDir(string what = "the images") => new("--outdir", "--result-dir")
    {
        Description = $"Folder for {what}, created where it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };
}
