namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <content>
/// Opcodes that name, call or complete objects. Each goes through the allow-list; a call is turned into data by the entry.
/// </content>
internal sealed partial class PickleMachine
{
    private bool Object(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Global:
                stack.Push(Find(NameLine(), NameLine()));
                break;
            case PickleOpcode.StackGlobal:
                string name = stack.Pop<string>("the name of a class", at);
                stack.Push(Find(stack.Pop<string>("the module of a class", at), name));
                break;
            case PickleOpcode.Inst:
                PickleGlobal type = Find(NameLine(), NameLine());
                stack.Push(Call(type, new PickleTuple(Items())));
                break;
            case PickleOpcode.Obj:
                object?[] parts = Items();
                if (parts.Length == 0 || parts[0] is not PickleGlobal first)
                {
                    throw new PickleException("An object without a class: the file is damaged", at);
                }

                stack.Push(Call(first, new PickleTuple(parts[1..])));
                break;
            case PickleOpcode.Reduce or PickleOpcode.NewObj:
                PickleTuple arguments = stack.Pop<PickleTuple>("a tuple of arguments", at);
                stack.Push(Call(Callee("a class or function"), arguments));
                break;
            case PickleOpcode.NewObjEx:
                PickleDictionary keywords = stack.Pop<PickleDictionary>("a dictionary of arguments", at);
                PickleTuple positional = stack.Pop<PickleTuple>("a tuple of arguments", at);
                stack.Push(Call(Callee("a class"), positional, keywords));
                break;
            case PickleOpcode.Build:
                object? state = stack.Pop(at);
                stack.Peek<IPickleBuildable>("an object that can take a state", at).Build(state, Here);
                break;
            case PickleOpcode.PersId:
                stack.Push(Persistent(PickleText.Utf8(input.NumberLine(), at)));
                break;
            case PickleOpcode.BinPersId:
                stack.Push(Persistent(stack.Pop(at)));
                break;
            case PickleOpcode.Ext1 or PickleOpcode.Ext2 or PickleOpcode.Ext4:
                throw new PickleException("The file uses Python's extension registry, which no snapshot does", at);
            default:
                return false;
        }

        return true;
    }

    private string NameLine()
    {
        ReadOnlySpan<byte> line = input.Line();
        return line.Length <= 1024
            ? PickleText.Utf8(line, at)
            : throw new PickleException("The name of a class is absurdly long", at);
    }

    private PickleGlobal Find(string module, string name) => allowed.TryFind(module, name, out PickleGlobal? found) ? found
        : allowed.Keeps(module, name) ? new PickleGlobal(module, name, call => call.ToRecord(), isForeign: true)
        : throw PickleException.Foreign("call", $"{PickleText.Show(module)}.{PickleText.Show(name)}", at);

    // What a foreign function gave may be called again.
    private PickleGlobal Callee(string meaning) =>
        stack.Peek(at) is PickleRecord { Type.IsForeign: true }
            ? ((PickleRecord)stack.Pop(at)!).Type : stack.Pop<PickleGlobal>(meaning, at);

    private object? Call(PickleGlobal type, PickleTuple arguments, PickleDictionary? keywords = null)
    {
        if (type.Interpret is null)
        {
            throw PickleException.Foreign("call", type.FullName, at);
        }

        return type.Interpret(new PickleCall(type, arguments, keywords, Here));
    }

    private object? Persistent(object? id) => persistent is not null
        ? persistent(id, Here)
        : throw new PickleException("The file refers to objects outside itself (a persistent id), which is not allowed here", at);
}
