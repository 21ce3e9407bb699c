using System.Globalization;
using StyleGanSharp.Data.Files;

namespace StyleGanSharp.Training.Runs;

/// <summary>The folder of a run: names of its files, and the lock that keeps a second process out.</summary>
public sealed class RunFolder : IDisposable
{
    private const string LockName = ".lock";

    private readonly FileStream guard;

    private RunFolder(string path, FileStream guard)
    {
        Root = path;
        this.guard = guard;
    }

    /// <summary>Full path.</summary>
    public string Root { get; }

    /// <summary>The options of the run.</summary>
    public string Options => At("options.json");

    /// <summary>Everything that the next step depends on.</summary>
    public string State => StateIn(Root);

    /// <summary>Statistics, one line a tick.</summary>
    public string Stats => At("stats.jsonl");

    /// <summary>What the run said.</summary>
    public string Log => At("log.txt");

    /// <summary>A grid of real images.</summary>
    public string Reals => At("reals.png");

    /// <summary>A grid of generated images before training.</summary>
    public string FirstFakes => At("fakes_init.png");

    /// <summary>A grid of generated images.</summary>
    /// <param name="images">Images seen.</param>
    /// <param name="plain">Images seen when a grid last got a plain name, see <see cref="IsPlain"/>.</param>
    public string Fakes(long images, long plain = -1) => At($"fakes{Kimg(images, plain)}.png");

    /// <summary>The generator's running average.</summary>
    /// <param name="images">Images seen.</param>
    /// <param name="plain">Images seen when a snapshot last got a plain name, see <see cref="IsPlain"/>.</param>
    public string Snapshot(long images, long plain = -1) => At($"network-snapshot-{Kimg(images, plain)}.safetensors");

    /// <summary>
    /// Whether a file gets the field's name, six digits of whole kimg: the first one of a kimg. Further ones have the rest of the
    /// images behind it, 000123_456, so that none replaces another; by their characters all are in the order of time.
    /// </summary>
    /// <param name="images">Images seen.</param>
    /// <param name="plain">Images seen when such a file last got a plain name; -1: there is none.</param>
    public static bool IsPlain(long images, long plain) => plain < 0 || plain / 1000 != images / 1000 || plain == images;

    /// <summary>The best snapshot by the metric of the run.</summary>
    public string Best => At("network-best.safetensors");

    /// <summary>The values of a metric, one line each.</summary>
    /// <param name="name">Its name.</param>
    public string Metric(string name) =>
        At($"metric-{string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-'))}.jsonl");

    /// <summary>TensorBoard's file: a new one for every start, which is what TensorBoard expects.</summary>
    /// <param name="unixSeconds">When the process started.</param>
    public string Events(long unixSeconds) =>
        At(string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{unixSeconds}.stylegansharp"));

    /// <summary>Where a folder has the state of its run.</summary>
    /// <param name="folder">The folder of a run, or of none.</param>
    public static string StateIn(string folder) => Path.Combine(folder, "training-state.safetensors");

    /// <summary>Opens a folder, which is made where it is missing, and locks it.</summary>
    /// <exception cref="RunException">Another process works in it, or it cannot be written.</exception>
    public static RunFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (FileFault.IsFileFault(e))
        {
            throw new RunException($"The run folder {path} cannot be made: {e.Message.TrimEnd('.')}; choose another folder.", e);
        }

        try
        {
            // The lock goes with the process, however it ends; the file itself stays.
            return new RunFolder(
                full, new FileStream(Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RunException($"The run folder {path} cannot be written: permission is missing; choose another folder.", e);
        }
        catch (IOException e)
        {
            throw new RunException(
                $"The run folder {path} is in use by another process: wait for it, or choose another folder.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => guard.Dispose();

    private static string Kimg(long images, long plain)
    {
        string rest = IsPlain(images, plain) ? "" : string.Create(CultureInfo.InvariantCulture, $"_{images % 1000:D3}");
        return (images / 1000).ToString("D6", CultureInfo.InvariantCulture) + rest;
    }

    private string At(string name) => Path.Combine(Root, name);
}
