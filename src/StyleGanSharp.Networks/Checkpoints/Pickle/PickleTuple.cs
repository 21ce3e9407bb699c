using System.Collections;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A Python tuple: plain values in order. See <see cref="PickleReader"/> for what a value can be.</summary>
public sealed class PickleTuple : IReadOnlyList<object?>
{
    private readonly object?[] items;

    internal PickleTuple(params object?[] items)
    {
        this.items = items;
    }

    /// <summary>Number of items.</summary>
    public int Count => items.Length;

    /// <summary>The item at a position, counted from 0.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public object? this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
