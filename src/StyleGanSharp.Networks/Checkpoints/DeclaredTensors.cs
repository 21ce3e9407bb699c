using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>How much the tensors of a plain dictionary take together, wherever they lie in it.</summary>
internal static class DeclaredTensors
{
    /// <summary>
    /// The bytes of all tensors, each as often as it is referred to. A container counts once, so the work is bounded by the
    /// pickle's own.
    /// </summary>
    public static Int128 Bytes(PickleDictionary entries)
    {
        Int128 total = 0;
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object?> open = new([entries]);
        while (open.TryPop(out object? value))
        {
            if (value is TensorRecord tensor)
            {
                total += tensor.ByteCount;
            }
            else if (value is not null && Contents(value) is IEnumerable<object?> contents && seen.Add(value))
            {
                foreach (object? item in contents)
                {
                    open.Push(item);
                }
            }
        }

        return total;
    }

    private static IEnumerable<object?>? Contents(object value) => value switch
    {
        PickleDictionary dictionary => dictionary.Select(entry => entry.Value),
        PickleList list => list,
        PickleTuple tuple => tuple,
        PickleRecord record => [record.Arguments, record.State],
        _ => null,
    };
}
