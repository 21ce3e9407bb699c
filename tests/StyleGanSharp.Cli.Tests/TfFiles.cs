using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests;

/// <summary>
/// The network files of a golden folder of the time of TensorFlow, by what is in them: their names say nothing.
/// </summary>
internal static class TfFiles
{
    private static readonly Lazy<Dictionary<string, TfNetworkRecord>> Generators = new(
        () => GoldenTfFolder.Names.ToDictionary(name => name, Read));

    /// <summary>Names of the files whose averaged generator a function of this kind built.</summary>
    internal static IEnumerable<string> Where(Func<string, bool> builder) =>
        Generators.Value.Where(file => builder(file.Value.BuildFunction)).Select(file => file.Key);

    /// <summary>The averaged generator.</summary>
    internal static TfNetworkRecord Generator(string name) => Generators.Value[name];

    private static TfNetworkRecord Read(string name) => SnapshotFile.Read(GoldenTfFolder.Path($"{name}.pkl")).TfNetworks["Gs"];
}
