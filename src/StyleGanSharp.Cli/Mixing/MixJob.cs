using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Mixing;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Mixing;

/// <summary>What <c>stylegan mix</c> was asked for besides its images.</summary>
/// <param name="Network">The network.</param>
/// <param name="ColumnNetwork">Gives the columns' latents; null: the network itself.</param>
/// <param name="Compute">Where to compute.</param>
/// <param name="OutDir">The folder.</param>
/// <param name="Metadata">Let files carry their requests.</param>
internal sealed record MixJob(string Network, string? ColumnNetwork, ComputeOptions Compute, string OutDir, bool Metadata)
{
    /// <summary>A table of rows and columns.</summary>
    internal void MakeTable(MixRequest request, CommandOutput output, CancellationToken cancel)
    {
        using Model model = ConsoleModels.Open(Network, Compute, request, output, cancel);
        using Model? columns = ColumnNetwork is null
            ? null : ConsoleModels.Open(ColumnNetwork, Compute, request, output, cancel, "--col-network");
        RequestException.ThrowIfAny(MixTable.Check(model, request, columns));
        OutputFolder.Prepare(OutDir, "outdir");
        ConsoleModels.SayClasses(model, request, output);
        MixTable? table = null;
        long total = request.Columns.Count + (request.Rows.Count * (request.Columns.Count + 1L));
        ProgressLine.Run(output, "Mixing", "images", total, done =>
            table = MixTable.Make(model, request, columns, new CountedProgress(done), cancel));
        foreach (MixCell cell in table!.Cells)
        {
            Save(cell.Image, $"{cell.Row}-{cell.Column}");
        }

        Save(table.Grid, "grid");
        output.Say($"The images are in {OutDir}.");
    }

    /// <summary>One mixture of several latents.</summary>
    internal void MakeMixture(MixPart[] parts, ImageRequest template, CommandOutput output, CancellationToken cancel)
    {
        using Model model = ConsoleModels.Open(Network, Compute, template, output, cancel);
        ImageRequest[] sources = [.. parts.Select(p => template with { Latent = p.Read(model.Info) })];
        ImageRequest mixture =
            sources[0] with { Styles = [.. sources.Skip(1).Zip(parts.Skip(1), (s, p) => new StylePart(s.Latent, p.Layers!))] };
        var size = new GridSize(sources.Length + 1, 1);
        RequestException.ThrowIfAny(model.Check(new GridRequest { Size = size, Images = [.. sources, mixture] }));
        OutputFolder.Prepare(OutDir, "outdir");
        if (parts.Any(p => p.Seed is not null))
        {
            ConsoleModels.SayClasses(model, template, output);
        }

        GeneratedImage[] images = [.. sources.Append(mixture).Select(r => model.Generate(r, cancel))];
        Save(images[^1], "mix");
        Save(ImageCells.Grid(images, size, model), "grid");
        output.Say($"The images are in {OutDir}.");
    }

    private void Save(GeneratedImage image, string name) => image.Save(Path.Combine(OutDir, $"{name}.png"), Metadata);
}
