using StyleGanSharp.Metrics.PathLength;
using StyleGanSharp.Networks;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Features;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Metrics.Attributes;

/// <summary>
/// Classifiers from files, one attribute each, named after the file: TorchScript modules (executed), and the official TensorFlow
/// pickles, whose networks are discriminators that judge an attribute. Both take images in [-1, 1] of at most 256 pixels and
/// return a logit.
/// </summary>
internal sealed class FileClassifiers : IAttributeClassifier
{
    private readonly Device device;
    private readonly List<(Func<Tensor, Tensor> Judge, IDisposable Owner, string Path)> classifiers = [];
    private readonly List<string> names = [];

    private FileClassifiers(Device device) => this.device = device;

    public string Name => "files";

    public IReadOnlyList<string> Attributes => names;

    /// <exception cref="FeatureException">A file is none of both, damaged, or cannot be read.</exception>
    internal static FileClassifiers Open(IReadOnlyList<string> paths, Device device)
    {
        var all = new FileClassifiers(device);
        try
        {
            foreach (string path in paths)
            {
                all.Add(path);
            }

            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    public Tensor Logits(Tensor images)
    {
        using var scope = new TensorScope();
        Tensor x = PathLengthImages.Shrink((images.To(device).To(DType.Float32) / 127.5) - 1);
        return scope.Keep(Tensor.Cat([.. classifiers.Select(c => Judged(c.Judge, c.Path, x))], 1));
    }

    public void Dispose() => classifiers.ForEach(c => c.Owner.Dispose());

    private static Tensor Judged(Func<Tensor, Tensor> judge, string path, Tensor images)
    {
        Tensor logits;
        try
        {
            logits = judge(images);
        }
        catch (Exception e) when (e is ScriptModuleException or ShapeException or TorchException)
        {
            throw new FeatureException(
                $"{path} does not take images of {images.Size(3)}x{images.Size(2)}: {e.Message.TrimEnd('.')}.", e);
        }

        return logits.Dim is 1 or 2 && Shape.Count(logits.Shape) == images.Size(0)
            ? logits.Reshape(images.Size(0), 1).To(DType.Float32)
            : throw new FeatureException(
                $"{path} is not a classifier of one attribute: for {images.Size(0)} images it returned "
                    + $"{Shape.Format(logits.Shape)}, and [{images.Size(0)}, 1] is needed.");
    }

    private void Add(string path)
    {
        try
        {
            if (Path.GetExtension(path).Equals(".pkl", StringComparison.OrdinalIgnoreCase))
            {
                IDiscriminator network = NetworkLoader.LoadDiscriminator(SnapshotFile.Read(path));
                network.To(device);
                classifiers.Add((x => network.Forward(x), network, path));
            }
            else
            {
                ScriptModule module = ScriptModule.Load(path, device);
                classifiers.Add((x => module.Call(x), module, path));
            }
        }
        catch (Exception e) when (e is ScriptModuleException or SnapshotException)
        {
            throw new FeatureException(e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FeatureException($"{path} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }

        names.Add(Path.GetFileNameWithoutExtension(path));
    }
}
