namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>
/// The stack machine for one pickle. It has a loop and no recursion, so nesting costs heap within the budget and no native
/// stack. Source: the description of the opcodes in Python's pickletools module and PEP 307, PEP 3154, PEP 574.
/// </summary>
internal sealed partial class PickleMachine(
    PickleInput input, PickleAllowList allowed, PickleBudget budget, Func<object?, PickleContext, object?>? persistent)
{
    private readonly PickleStack stack = new();
    private readonly Dictionary<long, object?> memo = [];

    // Where the opcode being carried out begins.
    private long at;

    private PickleContext Here => new(at, budget);

    /// <summary>Reads from the current position through STOP.</summary>
    public object? Run()
    {
        input.StartPickle();
        while (true)
        {
            at = input.Offset;
            budget.Spend(1, at);
            PickleOpcode opcode = (PickleOpcode)input.Byte();
            if (opcode == PickleOpcode.Stop)
            {
                return stack.Pop(at);
            }

            if (!Constant(opcode) && !Text(opcode) && !Container(opcode) && !Memory(opcode) && !Object(opcode))
            {
                throw new PickleException($"0x{(byte)opcode:x2} is not a pickle opcode: the file is damaged or not a pickle", at);
            }
        }
    }

    private bool Memory(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                byte protocol = input.Byte();
                if (protocol > 5)
                {
                    throw new PickleException($"Pickle protocol {protocol} is not known (0 to 5 are)", at);
                }

                break;
            case PickleOpcode.Frame:
                input.BeginFrame();
                break;
            case PickleOpcode.Mark:
                stack.Mark();
                break;
            case PickleOpcode.Pop:
                stack.Discard(at);
                break;
            case PickleOpcode.PopMark:
                stack.PopMark(at);
                break;
            case PickleOpcode.Dup:
                stack.Push(stack.Peek(at));
                break;
            case PickleOpcode.Memoize:
                memo[memo.Count] = stack.Peek(at);
                break;
            case PickleOpcode.Put:
                Put(MemoLine());
                break;
            case PickleOpcode.BinPut:
                Put(input.Byte());
                break;
            case PickleOpcode.LongBinPut:
                Put(input.UInt32());
                break;
            case PickleOpcode.Get:
                Get(MemoLine());
                break;
            case PickleOpcode.BinGet:
                Get(input.Byte());
                break;
            case PickleOpcode.LongBinGet:
                Get(input.UInt32());
                break;
            default:
                return false;
        }

        return true;
    }

    private long MemoLine() => PickleText.Long(input.NumberLine(), at) is long index and >= 0
        ? index
        : throw new PickleException("A memo index is out of range", at);

    private void Put(long index) => memo[index] = stack.Peek(at);

    private void Get(long index) => stack.Push(
        memo.TryGetValue(index, out object? value)
            ? value
            : throw new PickleException($"The file refers to its value number {index}, which does not exist", at));
}
