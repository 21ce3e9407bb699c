using System.Collections;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>A Python list: plain values in order. See <see cref="PickleReader"/> for what a value can be.</summary>
public sealed class PickleList : IReadOnlyList<object?>
{
    private readonly List<object?> items = [];

    /// <summary>Number of items.</summary>
    public int Count => items.Count;

    /// <summary>The item at a position, counted from 0.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public object? this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(object? item) => items.Add(item);
}
