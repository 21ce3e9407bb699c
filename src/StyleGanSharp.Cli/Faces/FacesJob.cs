using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Faces;

/// <summary>Finds the faces of images one after the other; what cannot be read is said and left out.</summary>
internal sealed class FacesJob : IDisposable
{
    private readonly FacesOptions options;
    private readonly CommandOutput output;
    private readonly Lazy<FaceAnalyzer> analyzer;
    private readonly HashSet<string> drawn = new(StringComparer.OrdinalIgnoreCase);

    private FacesJob(FacesOptions options, Func<Device> findDevice, CommandOutput output)
    {
        (this.options, this.output) = (options, output);

        // Loading libtorch takes half a second, which a mistyped path should not cost.
        analyzer = new Lazy<FaceAnalyzer>(() => FaceAnalyzer.Open(device: findDevice()));
    }

    internal static FacesReport Run(FacesOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        if (options.AnnotateDir is string folder)
        {
            OutputFolder.Prepare(folder, "annotate");
        }

        string[] files = ImageArguments.Files(options.Paths);
        using var job = new FacesJob(options, findDevice, output);
        var results = new List<ImageFaces>();
        if (files.Length == 1)
        {
            results.Add(job.Find(files[0], cancel));
        }
        else
        {
            ProgressLine.Run(output, "Finding faces", "images", files.Length, done =>
            {
                foreach (string file in files)
                {
                    cancel.ThrowIfCancellationRequested();
                    results.Add(job.Find(file, cancel));
                    done(1);
                }
            });
        }

        if (options.AnnotateDir is not null && results.Exists(r => r.Problem is null))
        {
            output.Say($"The annotated images are in {options.AnnotateDir}.");
        }

        return new FacesReport(results);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (analyzer.IsValueCreated)
        {
            analyzer.Value.Dispose();
        }
    }

    private ImageFaces Find(string file, CancellationToken cancel)
    {
        ImageBuffer image;
        try
        {
            image = ImageFile.Read(file);
        }
        catch (ImageException e)
        {
            string problem = SafeText.Of(e.Message);
            output.Say(problem);
            return new ImageFaces(file, 0, 0, [], problem);
        }

        IReadOnlyList<Face> faces = analyzer.Value.Analyze(image, options.Search, cancel);
        if (faces.Count == 0)
        {
            output.Say($"{SafeText.Of(file)}: no face found.");
        }

        if (options.AnnotateDir is string folder)
        {
            ImageFile.Write(Path.Combine(folder, DrawingName(file)), FaceDrawing.Draw(image, faces));
        }

        return new ImageFaces(file, image.Width, image.Height, faces, null);
    }

    // Never the name of an image itself, which may lie in the same folder; and one for each, wherever they come from.
    private string DrawingName(string file)
    {
        string name = $"{Path.GetFileNameWithoutExtension(file)}-faces";
        string free = name;
        for (int number = 2; !drawn.Add(free); number++)
        {
            free = $"{name}-{number}";
        }

        return $"{free}.png";
    }
}
