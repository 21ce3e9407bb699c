using StyleGanSharp.Networks.StyleGan2;

namespace StyleGanSharp.Networks.Checkpoints.Rosinality;

/// <summary>What the tensors of generators in ".pt" files say about them.</summary>
internal static class RosinalitySummary
{
    private const string ClassName = "Generator";

    public static IEnumerable<NetworkSummary> Of(SnapshotFile file)
    {
        foreach ((string name, Pickle.PickleDictionary state) in RosinalityReader.Generators(file))
        {
            var summary = new NetworkSummary { Name = name, ClassName = ClassName, Kind = NetworkKind.Generator, Tensors = [] };
            yield return Read(summary, file, state);
        }
    }

    private static NetworkSummary Read(NetworkSummary summary, SnapshotFile file, Pickle.PickleDictionary state)
    {
        try
        {
            (GeneratorOptions options, Dictionary<string, TensorRecord> tensors) = RosinalityReader.Read(file, state);
            return StyleGan2Family.Summary(summary, options) with
            {
                Tensors = [.. tensors.Select(t => new TensorSummary(t.Key, KindOf(t.Key), t.Value.Element, t.Value.Shape))
                    .OrderBy(t => t.Kind)],
            };
        }
        catch (SnapshotException e)
        {
            return summary with { Problem = e.Message[(file.Path.Length + 2)..] };
        }
    }

    private static TensorKind KindOf(string name) =>
        name.StartsWith("noises.", StringComparison.Ordinal) || name.EndsWith(".kernel", StringComparison.Ordinal)
            ? TensorKind.Buffer : TensorKind.Parameter;
}
