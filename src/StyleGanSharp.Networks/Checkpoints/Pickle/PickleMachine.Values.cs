using System.Numerics;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <content>Opcodes that push a number, a text or bytes.</content>
internal sealed partial class PickleMachine
{
    // Boxed once: they are the most frequent values.
    private static readonly object True = true;
    private static readonly object False = false;

    private bool Constant(PickleOpcode opcode)
    {
        object? value;
        switch (opcode)
        {
            case PickleOpcode.None:
                value = null;
                break;
            case PickleOpcode.NewTrue:
                value = True;
                break;
            case PickleOpcode.NewFalse:
                value = False;
                break;
            case PickleOpcode.BinInt:
                value = (long)input.Int32();
                break;
            case PickleOpcode.BinInt1:
                value = (long)input.Byte();
                break;
            case PickleOpcode.BinInt2:
                value = (long)input.UInt16();
                break;
            case PickleOpcode.Long1:
                value = BigNumber(input.Byte());
                break;
            case PickleOpcode.Long4:
                value = BigNumber(input.SignedLength());
                break;
            case PickleOpcode.Int:
                value = PickleText.Int(input.NumberLine(), at);
                break;
            case PickleOpcode.Long:
                value = PickleText.Long(input.NumberLine(), at);
                break;
            case PickleOpcode.Float:
                value = PickleText.Double(input.NumberLine(), at);
                break;
            case PickleOpcode.BinFloat:
                value = input.Double();
                break;
            default:
                return false;
        }

        stack.Push(value);
        return true;
    }

    private bool Text(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.ShortBinUnicode:
                stack.Push(Unicode(input.Byte()));
                break;
            case PickleOpcode.BinUnicode:
                stack.Push(Unicode(input.UInt32()));
                break;
            case PickleOpcode.BinUnicode8:
                stack.Push(Unicode(input.UInt64()));
                break;
            case PickleOpcode.Unicode:
                ReadOnlySpan<byte> line = input.Line();
                budget.SpendText(4L * line.Length, at);
                stack.Push(PickleText.RawUnicode(line, at));
                break;
            case PickleOpcode.ShortBinString:
                PushEightBit(input.Byte());
                break;
            case PickleOpcode.BinString:
                PushEightBit(input.SignedLength());
                break;
            case PickleOpcode.String:
                ReadOnlySpan<byte> quoted = input.Line();
                budget.SpendText(4L * quoted.Length, at);
                stack.Push(PickleText.EightBit(PickleText.Quoted(quoted, at), at));
                break;
            case PickleOpcode.ShortBinBytes:
                PushBytes(input.Byte());
                break;
            case PickleOpcode.BinBytes:
                PushBytes(input.UInt32());
                break;
            case PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8:
                PushBytes(input.UInt64());
                break;
            case PickleOpcode.NextBuffer or PickleOpcode.ReadOnlyBuffer:
                throw new PickleException("The file refers to buffers outside itself, which no snapshot does", at);
            default:
                return false;
        }

        return true;
    }

    private object BigNumber(ulong length)
    {
        if (length > (ulong)budget.Limits.MaxIntegerBytes)
        {
            throw new PickleException($"A whole number of {length} bytes", at);
        }

        return PickleText.Shrink(new BigInteger(input.Take(length).Span));
    }

    private string Unicode(ulong length)
    {
        ReadOnlySpan<byte> bytes = input.Take(length).Span;
        budget.SpendText(2L * bytes.Length, at);
        return PickleText.Utf8(bytes, at);
    }

    private void PushEightBit(ulong length)
    {
        long start = input.Offset;
        stack.Push(PickleText.EightBit(input.Take(length), start));
    }

    private void PushBytes(ulong length)
    {
        long start = input.Offset;
        stack.Push(new PickleBytes(input.Take(length), start));
    }
}
