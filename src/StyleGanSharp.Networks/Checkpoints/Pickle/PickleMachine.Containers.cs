namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <content>Opcodes that build tuples, lists, dictionaries and sets.</content>
internal sealed partial class PickleMachine
{
    private static readonly PickleTuple NoItems = new();

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.EmptyTuple:
                stack.Push(NoItems);
                break;
            case PickleOpcode.Tuple1:
                stack.Push(new PickleTuple(stack.Pop(at)));
                break;
            case PickleOpcode.Tuple2:
                object? second = stack.Pop(at);
                stack.Push(new PickleTuple(stack.Pop(at), second));
                break;
            case PickleOpcode.Tuple3:
                object? third = stack.Pop(at);
                object? middle = stack.Pop(at);
                stack.Push(new PickleTuple(stack.Pop(at), middle, third));
                break;
            case PickleOpcode.Tuple:
                stack.Push(new PickleTuple(Items()));
                break;
            case PickleOpcode.EmptyList:
                stack.Push(new PickleList());
                break;
            case PickleOpcode.List:
                stack.Push(AddTo(new PickleList(), Items()));
                break;
            case PickleOpcode.Append:
                object? item = stack.Pop(at);
                if (!IsForeignObject())
                {
                    AddTo(stack.Peek<PickleList>("a list", at), [item]);
                }

                break;
            case PickleOpcode.Appends:
                object?[] items = Items();
                if (!IsForeignObject())
                {
                    AddTo(stack.Peek<PickleList>("a list", at), items);
                }

                break;
            case PickleOpcode.EmptyDict:
                stack.Push(new PickleDictionary());
                break;
            case PickleOpcode.Dict:
                stack.Push(AddTo(new PickleDictionary(), Items()));
                break;
            case PickleOpcode.SetItem:
                object? value = stack.Pop(at);
                object? key = stack.Pop(at);
                if (!IsForeignObject())
                {
                    AddTo(stack.Peek<PickleDictionary>("a dictionary", at), [key, value]);
                }

                break;
            case PickleOpcode.SetItems:
                object?[] pairs = Items();
                if (!IsForeignObject())
                {
                    AddTo(stack.Peek<PickleDictionary>("a dictionary", at), pairs);
                }

                break;
            case PickleOpcode.EmptySet:
                stack.Push(new PickleSet());
                break;
            case PickleOpcode.AddItems:
                object?[] members = Items();
                if (!IsForeignObject())
                {
                    AddTo(stack.Peek<PickleSet>("a set", at), members);
                }

                break;
            case PickleOpcode.FrozenSet:
                stack.Push(AddTo(new PickleSet(), Items()));
                break;
            default:
                return false;
        }

        return true;
    }

    // A foreign class may be a list, dictionary or set; what is put into it is dropped, as nothing is known of it.
    private bool IsForeignObject() => stack.Peek(at) is PickleRecord { Type.IsForeign: true };

    private object?[] Items()
    {
        object?[] items = stack.PopMark(at);
        budget.Spend(items.Length, at);
        return items;
    }

    private static PickleList AddTo(PickleList list, object?[] items)
    {
        foreach (object? item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private PickleDictionary AddTo(PickleDictionary dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
        {
            throw new PickleException("A dictionary has a key without a value: the file is damaged", at);
        }

        PickleContext here = Here;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            dictionary.Set(here.Key(pairs[i]), pairs[i + 1]);
        }

        return dictionary;
    }

    private PickleSet AddTo(PickleSet set, object?[] items)
    {
        PickleContext here = Here;
        foreach (object? item in items)
        {
            set.Add(here.Key(item));
        }

        return set;
    }
}
