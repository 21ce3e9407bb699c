using System.Runtime.InteropServices;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>The value stack with its marks. Values below the last mark cannot be reached, as in Python.</summary>
internal sealed class PickleStack
{
    private readonly List<object?> values = [];
    private readonly List<int> marks = [];

    private int Floor => marks.Count > 0 ? marks[^1] : 0;

    public void Push(object? value) => values.Add(value);

    public void Mark() => marks.Add(values.Count);

    public object? Peek(long offset) => values.Count > Floor ? values[^1] : throw Empty(offset);

    public object? Pop(long offset)
    {
        object? value = Peek(offset);
        values.RemoveAt(values.Count - 1);
        return value;
    }

    public T Pop<T>(string meaning, long offset)
    {
        object? value = Pop(offset);
        return value is T typed ? typed : throw Wrong(value, meaning, offset);
    }

    public T Peek<T>(string meaning, long offset)
    {
        object? value = Peek(offset);
        return value is T typed ? typed : throw Wrong(value, meaning, offset);
    }

    /// <summary>Takes everything above the last mark, and the mark.</summary>
    public object?[] PopMark(long offset)
    {
        if (marks.Count == 0)
        {
            throw new PickleException("A list of items has no beginning: the file is damaged", offset);
        }

        int start = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        object?[] items = CollectionsMarshal.AsSpan(values)[start..].ToArray();
        values.RemoveRange(start, values.Count - start);
        return items;
    }

    /// <summary>POP removes a value, or an empty mark.</summary>
    public void Discard(long offset)
    {
        if (values.Count == Floor && marks.Count > 0)
        {
            marks.RemoveAt(marks.Count - 1);
        }
        else
        {
            Pop(offset);
        }
    }

    private static PickleException Empty(long offset) => new("A value is used that is not there: the file is damaged", offset);

    private static PickleException Wrong(object? value, string meaning, long offset) =>
        new($"A {PickleText.KindOf(value)} stands where {meaning} is needed", offset);
}
