using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces;
using StyleGanSharp.Faces.Alignment;
using StyleGanSharp.Generation.Images;
using StyleGanSharp.Generation.Text;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Cli.Faces;

/// <summary>Cuts out the faces of photographs one after the other; what cannot be aligned is said and left out.</summary>
internal sealed class AlignJob : IDisposable
{
    private readonly AlignOptions options;
    private readonly CommandOutput output;
    private readonly Lazy<FaceAnalyzer> analyzer;
    private readonly IReadOnlyList<FacePoint>? landmarks;
    private readonly HashSet<string> photographs;
    private readonly HashSet<string> written = new(StringComparer.OrdinalIgnoreCase);

    private AlignJob(AlignOptions options, Func<Device> findDevice, CommandOutput output, IReadOnlyList<string> files)
    {
        (this.options, this.output) = (options, output);
        landmarks = options.Landmarks is string path ? LandmarkFile.Read(path) : null;
        photographs = [.. files.Select(Path.GetFullPath)];

        // Loading libtorch takes half a second, which a mistyped path should not cost; and known landmarks need no network.
        analyzer = new Lazy<FaceAnalyzer>(() => FaceAnalyzer.Open(device: findDevice()));
    }

    /// <summary>Aligns all photographs.</summary>
    /// <returns>Wrong input where one of several could not be aligned.</returns>
    /// <exception cref="UserException">The only photograph cannot be aligned.</exception>
    internal static ExitCode Run(AlignOptions options, Func<Device> findDevice, CommandOutput output, CancellationToken cancel)
    {
        string[] files = ImageArguments.Files(options.Paths);
        if (options.Landmarks is not null && files.Length > 1)
        {
            throw new UserException(
                $"--landmarks belongs to one photograph, got {files.Length}: call 'stylegan align' once for each.");
        }

        using var job = new AlignJob(options, findDevice, output, files);
        OutputFolder.Prepare(options.OutDir, "outdir");
        int crops = 0, failed = 0;
        foreach (string file in files)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                crops += job.Align(file, cancel);
            }
            catch (UserException e) when (files.Length > 1)
            {
                output.Say(e.Message);
                failed++;
            }
        }

        output.Say($"{Count(crops, "face")} of {Count(files.Length, "photograph")} in {SafeText.Of(options.OutDir)}.");
        return failed == 0 ? ExitCode.Done : ExitCode.WrongInput;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (analyzer.IsValueCreated)
        {
            analyzer.Value.Dispose();
        }
    }

    private int Align(string file, CancellationToken cancel)
    {
        string shown = SafeText.Of(file);
        ImageBuffer photograph = Read(file);
        IReadOnlyList<IReadOnlyList<FacePoint>> faces = landmarks is null ? Find(photograph, shown, cancel) : [landmarks];
        var aligned = new List<(FaceQuad, IReadOnlyList<FacePoint>)>();
        string name = Path.GetFileNameWithoutExtension(file);
        foreach (IReadOnlyList<FacePoint> points in faces)
        {
            AlignedFace face;
            try
            {
                face = FaceAlignment.Align(photograph, points, options.Size);
            }
            catch (AlignmentException e)
            {
                throw new UserException($"{shown}: {e.Message}");
            }

            string free = FreeName(name);
            Write($"{free}.png", face.Image);
            new AlignmentFile
            {
                Photograph = Path.GetFileName(file),
                Width = photograph.Width,
                Height = photograph.Height,
                Transform = face.Transform,
                Landmarks = points,
            }.Write(Path.Combine(options.OutDir, $"{free}.align.json"));
            aligned.Add((face.Transform.Quad, points));
        }

        if (options.Preview)
        {
            Write($"{FreeName($"{name}-preview")}.png", FaceDrawing.Draw(photograph, aligned));
        }

        return aligned.Count;
    }

    private static ImageBuffer Read(string file)
    {
        try
        {
            return ImageFile.Read(file);
        }
        catch (ImageException e)
        {
            throw new UserException(SafeText.Of(e.Message));
        }
    }

    private IReadOnlyList<IReadOnlyList<FacePoint>> Find(ImageBuffer photograph, string shown, CancellationToken cancel)
    {
        IReadOnlyList<Face> faces = analyzer.Value.Analyze(photograph, options.Search, cancel);
        if (faces.Count == 0)
        {
            throw new UserException(
                $"{shown}: no face found; try --search thorough, which also finds small and rotated ones, or give the points of "
                + $"eyes, nose and mouth with --landmarks FILE.");
        }

        if (options.TakesAll)
        {
            return [.. faces.Select(f => f.Landmarks!)];
        }

        if (options.Number is int number)
        {
            return number <= faces.Count
                ? [faces[number - 1].Landmarks!]
                : throw new UserException($"{shown}: --face {number}: {Count(faces.Count, "face")} found; 'stylegan faces' lists them.");
        }

        int largest = Enumerable.Range(0, faces.Count).MaxBy(i => faces[i].Box.Width * faces[i].Box.Height);
        if (faces.Count > 1)
        {
            output.Say($"{shown}: {Count(faces.Count, "face")} found, the largest (--face {largest + 1}) is taken; --face N takes another one "
                + $"in the order of 'stylegan faces', --face all takes all.");
        }

        return [faces[largest].Landmarks!];
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private void Write(string name, ImageBuffer image)
    {
        string path = Path.Combine(options.OutDir, name);
        ImageFile.Write(path, image);
    }

    // One for each crop, wherever the photographs come from, and never the name of a photograph that lies in the same folder.
    private string FreeName(string name)
    {
        string free = name;
        for (int number = 2; IsTaken(free); number++)
        {
            free = $"{name}-{number}";
        }

        written.Add(free);
        return free;
    }

    private bool IsTaken(string name) =>
        written.Contains(name) || photographs.Contains(Path.GetFullPath(Path.Combine(options.OutDir, $"{name}.png")));
}
