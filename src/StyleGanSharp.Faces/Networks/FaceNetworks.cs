using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Faces.Networks;

/// <summary>The five networks of a folder, each read when it is first needed. Safe to use from several threads at once.</summary>
internal sealed class FaceNetworks(string folder, Device device) : IDisposable
{
    internal const string DetectorName = "detector";
    internal const string LandmarksName = "landmarks";
    internal const string ExpressionsName = "expressions";
    internal const string AgeGenderName = "age-gender";
    internal const string DescriptorName = "descriptor";

    private const int ExpressionCount = 7;

    private readonly Lock reading = new();
    private readonly Dictionary<string, Module> read = [];
    private bool disposed;

    internal DetectorNetwork Detector => Get(DetectorName, () => new DetectorNetwork());

    internal FeatureBody Landmarks => Get(LandmarksName, () => new FeatureBody(2 * Face.LandmarkCount));

    internal FeatureBody Expressions => Get(ExpressionsName, () => new FeatureBody(ExpressionCount));

    internal AgeGenderNetwork AgeGender => Get(AgeGenderName, () => new AgeGenderNetwork());

    internal DescriptorNetwork Descriptor => Get(DescriptorName, () => new DescriptorNetwork());

    /// <summary>The file of a network.</summary>
    internal static string FileName(string name) => $"{name}.safetensors";

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (reading)
        {
            disposed = true;
            foreach (Module network in read.Values)
            {
                network.Dispose();
            }

            read.Clear();
        }
    }

    private T Get<T>(string name, Func<T> create)
        where T : Module
    {
        lock (reading)
        {
            ObjectDisposedException.ThrowIf(disposed, typeof(FaceAnalyzer));
            if (!read.TryGetValue(name, out Module? network))
            {
                network = FaceNetworkFile.Read(Path.Combine(folder, FileName(name)), name, create, device);
                read.Add(name, network);
            }

            return (T)network;
        }
    }
}
