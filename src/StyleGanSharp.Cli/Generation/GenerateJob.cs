using StyleGanSharp.Cli.Output;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Latents;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Notation;
using StyleGanSharp.Generation.Requests;

namespace StyleGanSharp.Cli.Generation;

/// <summary>Makes the images of one <c>stylegan generate</c>.</summary>
internal static class GenerateJob
{
    internal static void Run(GenerateOptions options, CommandOutput output, CancellationToken cancel)
    {
        if (options.From is string file)
        {
            Repeat(options, file, output, cancel);
        }
        else
        {
            Make(options, output, cancel);
        }

        output.Say($"The images are in {options.OutDir}.");
    }

    private static void Make(GenerateOptions options, CommandOutput output, CancellationToken cancel)
    {
        using Model model = ConsoleModels.Open(
            options.Network ?? ShippedModels.Default, options.Compute, options.Template, output, cancel);
        (string Name, ImageRequest Request)[] images = [.. Images(options, model.Info)];
        if (options.Sweeps && !model.Info.CanTruncate)
        {
            throw new UserException("The network keeps no average of w, so its truncation cannot be swept.");
        }

        GridSize? grid = Grid(options, images.Length, model);
        RequestException.ThrowIfAny(model.Check(images[0].Request)); // The others differ in their latents only.
        OutputFormat format = options.Format ?? OutputFormat.Png;
        OutputFolder.Prepare(options.OutDir, "outdir", needsImages: format != OutputFormat.Npy || grid is not null);
        if (options.ProjectedFile is null)
        {
            ConsoleModels.SayClasses(model, options.Template, output);
        }

        var collected = new List<GeneratedImage>();
        ProgressLine.Run(output, "Generating", "images", images.Length, done =>
        {
            foreach ((string name, ImageRequest request) in images)
            {
                cancel.ThrowIfCancellationRequested();
                GeneratedImage? image = Write(
                    model, request, Path.Combine(options.OutDir, name), format, options.Metadata, grid is not null, cancel);
                if (grid is not null)
                {
                    collected.Add(image!);
                }

                done(1);
            }
        });

        if (grid is GridSize size)
        {
            ImageCells.Grid(collected, size, model).Save(Path.Combine(options.OutDir, "grid.png"), options.Metadata);
        }
    }

    private static GeneratedImage? Write(
        Model model, ImageRequest request, string path, OutputFormat format, bool metadata, bool needsPixels,
        CancellationToken cancel)
    {
        if (format == OutputFormat.Npy)
        {
            RawImage raw = model.GenerateRaw(request, cancel);
            OutputFolder.WriteNumbers($"{path}.npy", raw.Values, 1, raw.Channels, raw.Height, raw.Width);
            return needsPixels ? model.ToImage(raw, request) : null;
        }

        GeneratedImage image = model.Generate(request, cancel);
        image.Save($"{path}.{format.Extension()}", metadata);
        return image;
    }

    private static void Repeat(GenerateOptions options, string file, CommandOutput output, CancellationToken cancel)
    {
        GenerationRequest request = ImageMetadata.Read(file) ?? throw new UserException(
            $"--from {file}: the file carries no request of this program; `inspect {file}` shows what it carries.");
        string network = options.Network ?? request.Model?.Name ?? ShippedModels.Default;
        using Model model = OpenAgain(network, options, request, file, output, cancel);
        if (request.Model?.Fingerprint is string fingerprint && fingerprint != model.Reference.Fingerprint)
        {
            output.Say($"{network} is not the network that made {file} (its weights differ), so the image will be another one.");
        }

        OutputFolder.Prepare(options.OutDir, "outdir");
        string name = options.Format is OutputFormat format
            ? $"{Path.GetFileNameWithoutExtension(file)}.{format.Extension()}"
            : Path.GetFileName(file);
        RequestRunner.Make(model, request, cancel).Save(Path.Combine(options.OutDir, name), options.Metadata);
    }

    private static Model OpenAgain(
        string network, GenerateOptions options, GenerationRequest request, string file, CommandOutput output,
        CancellationToken cancel)
    {
        if (options.Network is null && ShippedModels.Find(network) is null && OfficialModels.Find(network) is null
            && !File.Exists(network))
        {
            throw new UserException(
                $"--from {file}: it was made with {network}, which is not here; name its file with --network.");
        }

        return ConsoleModels.Open(network, options.Compute, request, output, cancel);
    }

    private static IEnumerable<(string Name, ImageRequest Request)> Images(GenerateOptions options, ModelInfo model)
    {
        IEnumerable<(string Name, Latent Latent, uint Number)> latents =
            options.LatentsFile is string z ? LatentFile.ReadZ(z, model).Select((l, i) => ($"latent{i:d4}", l, (uint)i))
            : options.ProjectedFile is string w ? LatentFile.ReadW(w, model).Select((l, i) => ($"proj{i:d2}", l, (uint)i))
            : (options.Seeds ?? [0]).Select(s => ($"seed{s:d4}", Latent.OfSeed(s), s));
        return latents.SelectMany(l => options.Psis.Select(psi => (
            options.Sweeps ? $"{l.Name}-psi{PsiList.Name(psi)}" : l.Name,
            options.Template with
            {
                Latent = l.Latent,
                Number = l.Latent.Seed is null ? l.Number : null,
                Truncation = options.Template.Truncation with { Psi = psi },
            })));
    }

    // A sweep has a grid of its own; other images where it is asked for.
    private static GridSize? Grid(GenerateOptions options, int count, Model model)
    {
        GridSize? grid = options.Sweeps ? new GridSize(options.Psis.Length, count / options.Psis.Length) : options.Grid;
        if (grid is not GridSize size)
        {
            return null;
        }

        if (!options.Sweeps && size.Cells < count)
        {
            throw new UserException($"--grid {size} has {size.Cells} cells for {count} images: make it larger or give fewer.");
        }

        return size.Problem("grid", model.Info.Width, model.Info.Height) is { } problem
            ? throw new RequestException([problem]) : size;
    }
}
