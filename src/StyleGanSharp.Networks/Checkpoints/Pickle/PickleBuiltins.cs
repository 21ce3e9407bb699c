using System.Text;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>Python's own harmless types as pickles of protocols 0 to 5 spell them.</summary>
public static class PickleBuiltins
{
    /// <summary>Adds sets, byte strings, OrderedDict and the protocol 0 form of plain objects.</summary>
    /// <param name="list">The list to extend.</param>
    public static void AddTo(PickleAllowList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        foreach (string module in new[] { "builtins", "__builtin__" })
        {
            list.Allow(module, "set", Set).Allow(module, "frozenset", Set);
            list.Allow(module, "bytes", Bytes).Allow(module, "bytearray", Bytes);
            list.AllowMention(module, "object");
        }

        list.Allow("_codecs", "encode", Encode);
        list.Allow("collections", "OrderedDict", call => Dictionary(call));
        list.Allow("copyreg", "_reconstructor", Reconstruct).Allow("copy_reg", "_reconstructor", Reconstruct);
    }

    /// <summary>A dictionary subclass, called with nothing, one dictionary, or one list of pairs.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The dictionary, marked with its class.</returns>
    public static PickleDictionary Dictionary(PickleCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        call.RequireCount(0, 1);
        PickleDictionary result = new(call.Type);
        if (call.Arguments.Count == 0)
        {
            return result;
        }

        foreach ((object? key, object? value) in Pairs(call))
        {
            result.Set(call.Context.Key(key), value);
        }

        return result;
    }

    private static IEnumerable<KeyValuePair<object?, object?>> Pairs(PickleCall call) => call.Arguments[0] switch
    {
        // A copy: the argument may be the very dictionary that is being filled.
        PickleDictionary dictionary => Spend(call, dictionary.Count, dictionary).ToArray(),
        PickleList list => Spend(call, list.Count, list).Select(item => item switch
        {
            PickleList { Count: 2 } pair => new KeyValuePair<object?, object?>(pair[0], pair[1]),
            PickleTuple { Count: 2 } pair => new(pair[0], pair[1]),
            _ => throw call.Error($"{call.Type.FullName} is called with a list that does not hold pairs"),
        }),
        _ => throw call.Error($"{call.Type.FullName} is called with a {PickleText.KindOf(call.Arguments[0])}"),
    };

    private static T Spend<T>(PickleCall call, int count, T value)
    {
        call.Context.Budget.Spend(count, call.Context.Offset);
        return value;
    }

    private static PickleSet Set(PickleCall call)
    {
        call.RequireCount(0, 1);
        PickleSet result = new();
        if (call.Arguments.Count == 0)
        {
            return result;
        }

        IReadOnlyCollection<object?> items = call.Arguments[0] as IReadOnlyCollection<object?>
            ?? throw call.Error($"A set is made of a {PickleText.KindOf(call.Arguments[0])}");
        foreach (object? item in Spend(call, items.Count, items))
        {
            result.Add(call.Context.Key(item));
        }

        return result;
    }

    /// <summary>Protocols 0 to 2 have no bytes: they are a text and the call _codecs.encode(text, 'latin1').</summary>
    private static PickleBytes Encode(PickleCall call)
    {
        call.RequireCount(1, 2);
        string text = call.Argument<string>(0, "text");
        if (call.Arguments.Count == 2 && call.Argument<string>(1, "encoding") is not ("latin1" or "latin-1"))
        {
            throw call.Error("_codecs.encode is called with an encoding other than latin1");
        }

        return Latin1(call, text);
    }

    private static PickleBytes Bytes(PickleCall call)
    {
        call.RequireCount(0, 2);
        return call.Arguments.Count switch
        {
            0 => new PickleBytes(ReadOnlyMemory<byte>.Empty, call.Context.Offset),
            1 => call.Argument<PickleBytes>(0, "bytes"),
            _ when call.Argument<string>(1, "encoding") is "latin1" or "latin-1" =>
                Latin1(call, call.Argument<string>(0, "text")),
            _ => throw call.Error("A byte string in an encoding other than latin1"),
        };
    }

    private static PickleBytes Latin1(PickleCall call, string text)
    {
        call.Context.Budget.SpendText(text.Length, call.Context.Offset);
        return text.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff')
            ? throw call.Error("A byte string is made of a text that is not latin1")
            : new PickleBytes(Encoding.Latin1.GetBytes(text), call.Context.Offset);
    }

    /// <summary>copyreg._reconstructor(cls, object, None): an object of an allowed class without constructor arguments.</summary>
    private static object? Reconstruct(PickleCall call)
    {
        call.RequireCount(3, 3);
        PickleGlobal type = call.Argument<PickleGlobal>(0, "class");
        PickleGlobal root = call.Argument<PickleGlobal>(1, "base class");
        if (type.IsForeign)
        {
            return new PickleRecord(type, call.Arguments);
        }

        if (root.Name != "object" || call.Arguments[2] is not null || type.Interpret is null || type.Interpret == Reconstruct)
        {
            throw call.Error($"{call.Type.FullName} is asked for a {type.FullName} on the base {root.FullName}");
        }

        return type.Interpret(new PickleCall(type, new PickleTuple(), null, call.Context));
    }
}
