using System.CommandLine;
using StyleGanSharp.Cli.Mixing;
using StyleGanSharp.Cli.Options;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan mix</c>: pictures whose layers follow different latents.</summary>
internal static class MixCommand
{
    internal static Command Create(CommandOutput output)
    {
        var pictures = new PictureOptionGroup("that of the picture's row, or of the mixture's first latent");
        var rows = new Option<string?>("--rows", "--row-seeds") { Description = "Seeds of the table's rows, e.g. 85,100-102.", HelpName = "LIST" };
        var columns = new Option<string?>("--cols", "--col-seeds") { Description = "Seeds of the table's columns.", HelpName = "LIST" };
        var styles = new Option<string?>("--styles", "--col-styles") { Description = "Layers that follow the column: 0-6 (the default), 0,3,5-7, or coarse, middle, fine (0-3, 4-7, 8 and up).", HelpName = "LAYERS" };
        var columnNetwork = new Option<string?>("--col-network") { Description = "Take the columns' latents from this network instead; its layers must be as many and as wide.", HelpName = "NETWORK" };
        var mix = new Option<string[]>("--mix")
        {
            Description = "One mixture instead of a table: a latent, then others with the layers they give: 85 55:0-3 821:fine. A latent is a seed or an .npz file with 'w'.",
            HelpName = "LATENT LATENT:LAYERS ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command("mix", "Mix styles: a table of rows and columns, or several latents in one picture.")
        {
            pictures.Network, rows, columns, styles, columnNetwork, mix, pictures, outdir,
        };
        pictures.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            var options = new MixOptions
            {
                Pictures = pictures.Parse(parsed),
                Rows = parsed.GetValue(rows) is string rowList ? SeedList.Parse(rowList, "--rows") : null,
                Columns = parsed.GetValue(columns) is string columnList ? SeedList.Parse(columnList, "--cols") : null,
                Styles = parsed.GetValue(styles),
                ColumnNetwork = parsed.GetValue(columnNetwork),
                Parts = parsed.GetValue(mix) is { Length: > 0 } parts ? MixPart.ParseAll(parts) : [],
                OutDir = parsed.GetValue(outdir)!,
            };
            options.Validate();
            MixJob.Run(options, pictures.FindDevice(parsed), output, cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
