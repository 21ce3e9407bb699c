using System.CommandLine;
using StyleGanSharp.Cli.Mixing;
using StyleGanSharp.Cli.Options;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Commands;

/// <summary><c>stylegan mix</c>: images whose layers follow different latents.</summary>
internal static class MixCommand
{
    internal static Command Create(CommandOutput output)
    {
        var images = new ImageOptionGroup("that of the image's row, or of the mixture's first latent");
        var rows = new Option<string?>("--rows", "--row-seeds")
        {
            Description = "Seeds of the table's rows, e.g. 85,100-102.",
            HelpName = "LIST",
        };
        var columns = new Option<string?>("--cols", "--col-seeds")
        {
            Description = "Seeds of the table's columns.",
            HelpName = "LIST",
        };
        var styles = new Option<string?>("--styles", "--col-styles")
        {
            Description = "Layers that follow the column: 0-6 (the default), 0,3,5-7, or coarse, middle, "
                + "fine (the network's own levels; of large ones 0-3, 4-7, 8 and up).",
            HelpName = "LAYERS",
        };
        var columnNetwork = new Option<string?>("--col-network")
        {
            Description = "Take the columns' latents from this network instead; its layers must be as many and as wide.",
            HelpName = "NETWORK",
        };
        var mix = new Option<string[]>("--mix")
        {
            Description = "One mixture instead of a table: a latent, then others with the layers they give: 85 55:0-3 821:fine. "
                + "A latent is a seed or an .npz file with 'w'.",
            HelpName = "LATENT LATENT:LAYERS ...",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> noMetadata = SharedOptions.NoMetadata();
        Option<string> outdir = SharedOptions.OutDir();

        var command = new Command("mix", "Mix styles: a table of rows and columns, or several latents in one image.")
        {
            images.Network, rows, columns, styles, columnNetwork, mix, images, noMetadata, outdir,
        };
        images.AddDevice(command);
        command.SetAction((parsed, cancel) =>
        {
            ImageRequest template = images.Apply(parsed, new ImageRequest());
            string[] parts = parsed.GetValue(mix) ?? [];
            (string? rowList, string? columnList) = (parsed.GetValue(rows), parsed.GetValue(columns));
            bool table = rowList is not null || columnList is not null || parsed.GetValue(styles) is not null
                || parsed.GetValue(columnNetwork) is not null;
            if (table && parts.Length > 0)
            {
                throw new UserException(
                    "--mix excludes --rows, --cols, --styles and --col-network: ask for a table or for one mixture.");
            }

            var job = new MixJob(
                parsed.GetValue(images.Network)!, parsed.GetValue(columnNetwork), images.Compute(parsed), parsed.GetValue(
                    outdir)!, !parsed.GetValue(noMetadata));
            if (parts.Length > 0)
            {
                job.MakeMixture(MixPart.ParseAll(parts), template, output, cancel);
                return Task.FromResult((int)ExitCode.Done);
            }

            if (rowList is null || columnList is null)
            {
                throw new UserException(
                    "A table needs --rows and --cols, for example --rows 85,100 --cols 55,821; --mix makes one mixture instead.");
            }

            job.MakeTable(
                images.Apply(parsed, new MixRequest
                {
                    Rows = SeedList.Parse(rowList, "rows"),
                    Columns = SeedList.Parse(columnList, "columns"),
                    Layers = parsed.GetValue(styles),
                }),
                output,
                cancel);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }
}
