using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;
using StyleGanSharp.Torch.Scripting;

namespace StyleGanSharp.Networks.Features;

/// <summary>
/// Finds the TorchScript archive inside a pickle: StyleGAN3's release has its detectors in this form. The pickle is read as data;
/// what its classes would do with the bytes does not matter.
/// </summary>
internal static class WrappedScript
{
    private static readonly PickleLimits Limits = new() { MaxFileBytes = ScriptModule.MaxBytes };

    // Calls that would load the archive are records of their arguments, like everything else.
    private static readonly PickleAllowList Allowed = new PickleAllowList()
        .With(PickleBuiltins.AddTo)
        .With(NumpyClasses.AddTo)
        .With(TorchClasses.AddTo)
        .With(ModuleDecoder.AddTo)
        .AllowRecord("io", "BytesIO")
        .AllowRecord("_io", "BytesIO")
        .AllowRecord("torch.jit", "load")
        .AllowRecord("torch.jit._serialization", "load")
        .AllowRecord("torch.jit", "ScriptModule")
        .AllowRecord("torch.jit._script", "RecursiveScriptModule")
        .KeepForeign();

    /// <summary>The bytes of the archive, a slice of the file.</summary>
    /// <exception cref="SnapshotException">The file is missing, damaged, or asks for foreign code.</exception>
    /// <exception cref="FeatureException">There is no archive in it, or more than one.</exception>
    internal static ReadOnlyMemory<byte> Find(string path)
    {
        byte[] bytes = SnapshotBytes.Read(path, Limits);
        object? value;
        try
        {
            value = PickleReader.Read(bytes, Allowed, Limits);
        }
        catch (PickleException e)
        {
            throw new SnapshotException(path, e.Message, e);
        }

        ReadOnlyMemory<byte>[] archives = [.. Archives(value).Take(2)];
        return archives.Length switch
        {
            1 => archives[0],
            0 => throw new FeatureException(
                $"{path} is not a detector: a pickle must hold a TorchScript archive, and it has none."),
            _ => throw new FeatureException($"{path} is not a detector: it holds more than one archive."),
        };
    }

    // Values may contain each other: each object is looked at once, so the work is bounded by what the reader made.
    private static IEnumerable<ReadOnlyMemory<byte>> Archives(object? value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var waiting = new Stack<object?>([value]);
        while (waiting.TryPop(out object? next))
        {
            if (next is null || !seen.Add(next))
            {
                continue;
            }

            if (next is PickleBytes { Memory: var memory } && memory.Span.StartsWith("PK\u0003\u0004"u8))
            {
                yield return memory;
            }

            foreach (object? inner in Inside(next))
            {
                waiting.Push(inner);
            }
        }
    }

    private static IEnumerable<object?> Inside(object value) => value switch
    {
        PickleRecord record => [record.Arguments, record.Keywords, record.State],
        PickleDictionary dictionary => [.. dictionary.Select(e => e.Value), dictionary.State],
        PickleList list => list,
        PickleTuple tuple => tuple,
        _ => [],
    };
}
