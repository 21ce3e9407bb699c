using System.CommandLine;

namespace StyleGanSharp.Cli.Options;

/// <summary>Single options that several verbs spell alike.</summary>
internal static class SharedOptions
{
    internal static Option<string> Network() =>
        new("--network") { Description = "Snapshot to generate with: a file, an address, or the name of an official network, e.g. ffhq.", HelpName = "NETWORK", Required = true };

    internal static Option<string?> Class() => new("--class") { Description = "Class of a conditional network: its number, its name where the file has names, or a mixture such as A:0.5,Q:0.5.", HelpName = "CLASS" };

    internal static Option<string> OutDir(string what = "the pictures") => new("--outdir", "--result-dir")
    {
        Description = $"Folder for {what}, created where it is missing.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "out",
    };
}
