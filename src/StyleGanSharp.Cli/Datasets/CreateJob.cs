using System.Diagnostics;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Datasets.Creation;
using StyleGanSharp.Data.Datasets.Creation.Fonts;
using StyleGanSharp.Data.Images;

using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Datasets;

/// <summary>Makes a data set and says what became of the source.</summary>
internal sealed class CreateJob
{
    private const int MaxListed = 20;
    private const int MaxNamed = 8;
    private const int LineWidth = 72;

    private readonly CommandOutput output;
    private readonly string target;
    private readonly CancellationToken cancel;

    internal CreateJob(CommandOutput output, string target, DatasetFormat format, bool force, CancellationToken cancel)
    {
        this.output = output;
        this.target = target;
        this.cancel = cancel;
        bool isZip = Path.GetExtension(target).Equals(".zip", StringComparison.OrdinalIgnoreCase);
        if (isZip != (format == DatasetFormat.Zip))
        {
            throw new UserException(isZip
                ? $"--dest {target}: --format {format.ToString().ToLowerInvariant()} writes a folder, "
                    + $"so give a name without .zip."
                : $"--dest {target}: a data set is a .zip file; to write a folder give --format folder or --format tfrecords.");
        }

        if (isZip && File.Exists(target) && !force)
        {
            throw new UserException($"{target} exists already: give --force to replace it.");
        }

        if (!isZip && (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())))
        {
            throw new UserException(
                $"{target} exists already and is not empty: remove it, or give another --dest; --force replaces files only.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
        {
            throw new UserException($"{target}: the folder {folder} does not exist.");
        }
    }

    internal void Pictures(string source, DatasetCreationOptions options)
    {
        // Every thread decodes an image of its own.
        ImageLibrary.Concurrency = 1;
        DatasetCreationResult result;
        try
        {
            result = Watched("Images", "images", report => DatasetCreator.Create(source, target, options, report, cancel));
        }
        catch (FolderDepthException e)
        {
            throw new UserException($"{e.Message.TrimEnd('.')} ({string.Join("; ", e.Choices.Select(Choice))}).");
        }

        string labels = result.HasLabels ? "with labels" : "without labels";
        output.Say($"{target}: {result.Written} images of {result.Width}x{result.Height}, {Channels(result.Channels)}, {labels}.");
        foreach (string remark in result.Remarks)
        {
            output.Say(SafeText.Of(remark));
        }

        List("cannot be read and is", "cannot be read and are", result.Damaged);
        List(
            "is of a shape that the transform cannot bring to the resolution, and is",
            "are of a shape that the transform cannot bring to the resolution, and are",
            result.Unfit);
        if (result.Unlabelled > 0 && result.Unlabelled < result.Written)
        {
            output.Say($"{result.Unlabelled} images have no label, so none was written: give all of them one, or --labels none.");
        }

        if (result.Flattened > 0)
        {
            output.Say($"{result.Flattened} images had alpha, which was laid over --background: --channels rgba keeps it.");
        }
    }

    internal void Fonts(FontOptions options)
    {
        if (options.HoldOut > 0 && FontDataset.HeldOutPath(target) is var second && File.Exists(second) && !File.Exists(target))
        {
            throw new UserException($"{second} exists already: remove it first.");
        }

        FontResult result = Watched("Fonts", "faces", report => FontDataset.Create(target, options, report, cancel));
        output.Say($"{target}: {result.Kept.Pictures} images of {options.Side}x{options.Side} from "
            + $"{result.Kept.Families} families.");
        if (options.HoldOut > 0)
        {
            output.Say($"{FontDataset.HeldOutPath(target)}: {result.HeldOut.Pictures} images from "
                + $"{result.HeldOut.Families} other families.");
        }

        output.Say(
            $"Of {result.Faces} faces {result.Excluded} were excluded, {result.WithoutLetters} lack letters, "
                + $"{result.Blank} draw nothing "
            + $"or one sign for all; {result.Duplicates} images were equal to another one.");
    }

    private static string Choice((int Depth, IReadOnlyList<string> Folders) choice)
    {
        string more = choice.Folders.Count > MaxNamed ? ", ..." : "";
        return $"--labels-depth {choice.Depth}: {SafeText.Of(string.Join(", ", choice.Folders.Take(MaxNamed)))}{more}";
    }

    internal static string Channels(int channels) => channels switch { 1 => "gray", 3 => "RGB", _ => "RGBA" };

    private T Watched<T>(string title, string unit, Func<Action<int, int>, T> work)
    {
        // The number is known only once the source is open; until then nothing can be shown.
        long last = 0;
        var shown = new object();
        Stopwatch watch = Stopwatch.StartNew();
        DateTime next = DateTime.UtcNow.AddSeconds(output.IsTerminal ? 0.2 : 10);
        T result = work((done, total) =>
        {
            lock (shown)
            {
                if (DateTime.UtcNow >= next && done > last && done < total)
                {
                    last = done;
                    next = DateTime.UtcNow.AddSeconds(output.IsTerminal ? 0.2 : 10);
                    string line = ProgressLine.Line(title, unit, done, total, watch.Elapsed);
                    if (output.IsTerminal)
                    {
                        // Shorter numbers must not leave the end of longer ones behind.
                        output.Messages.Write($"\r{line.PadRight(LineWidth)}");
                    }
                    else
                    {
                        output.Say(line);
                    }
                }
            }
        });
        if (output.IsTerminal && last > 0)
        {
            output.Messages.Write($"\r{new string(' ', LineWidth)}\r");
        }

        return result;
    }

    private void List(string one, string many, IReadOnlyList<string> pictures)
    {
        if (pictures.Count == 0)
        {
            return;
        }

        output.Say(pictures.Count == 1 ? $"1 image {one} left out:" : $"{pictures.Count} images {many} left out:");
        foreach (string picture in pictures.Take(MaxListed))
        {
            output.Say($"  {SafeText.Of(picture)}");
        }

        if (pictures.Count > MaxListed)
        {
            output.Say($"  and {pictures.Count - MaxListed} more.");
        }
    }
}
