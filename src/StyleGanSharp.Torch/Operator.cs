using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <summary>
/// An operator of libtorch's dispatcher, called by name. Arguments come in the order of the operator's schema (keyword-only ones
/// too); missing trailing ones take the schema's defaults.
/// </summary>
/// <param name="name">Qualified name, e.g. <c>aten::conv2d</c>.</param>
/// <param name="overload">Overload name, e.g. <c>Tensor</c> of <c>aten::add.Tensor</c>; empty for the only one.</param>
public sealed unsafe class Operator(string name, string overload = "")
{
    private const int MaxArguments = 24;

    private nint pointer;

    /// <summary>Name with overload, as libtorch writes it.</summary>
    public string Name { get; } = overload.Length == 0 ? name : $"{name}.{overload}";

    /// <summary>The schema as libtorch writes it.</summary>
    /// <exception cref="TorchException">This libtorch has no such operator.</exception>
    public string Schema => Native.OperatorSchema(Resolve());

    /// <summary>Calls the operator and returns its only (or first) result.</summary>
    /// <exception cref="TorchException">The operator refused; the message holds its name and the operands' shapes.</exception>
    /// <exception cref="TorchOutOfMemoryException">Memory is exhausted.</exception>
    public Tensor Call(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        Invoke(arguments, new Span<NativeValue>(ref result));
        if (result.Tag != NativeTag.Tensor)
        {
            throw Unexpected("no tensor", new Span<NativeValue>(ref result));
        }

        return new Tensor(result.Pointer);
    }

    /// <summary>Calls the operator and returns its first two results.</summary>
    /// <inheritdoc cref="Call"/>
    public (Tensor First, Tensor Second) CallPair(params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[2];
        Invoke(arguments, results);
        if (results[0].Tag != NativeTag.Tensor || results[1].Tag != NativeTag.Tensor)
        {
            throw Unexpected("no pair of tensors", results);
        }

        return (new Tensor(results[0].Pointer), new Tensor(results[1].Pointer));
    }

    /// <summary>Calls the operator and returns one of its results; the ones before it must be absent.</summary>
    /// <param name="index">Counted from 0.</param>
    /// <param name="arguments">As for <see cref="Call"/>.</param>
    /// <inheritdoc cref="Call"/>
    public Tensor CallAt(int index, params ReadOnlySpan<Argument> arguments)
    {
        Span<NativeValue> results = stackalloc NativeValue[index + 1];
        Invoke(arguments, results);
        for (int i = 0; i <= index; i++)
        {
            // An undefined tensor comes as one without an address.
            if ((results[i].Tag == NativeTag.Tensor && results[i].Pointer != 0) != (i == index))
            {
                throw Unexpected($"no single tensor at {index}", results);
            }
        }

        return new Tensor(results[index].Pointer);
    }

    /// <summary>Calls the operator for its effect on an argument; its results (aliases of that argument) are dropped.</summary>
    /// <inheritdoc cref="Call"/>
    public void CallInPlace(params ReadOnlySpan<Argument> arguments) => Invoke(arguments, []);

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    /// <inheritdoc cref="Call"/>
    public Tensor[] CallList(params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result = default;
        Invoke(arguments, new Span<NativeValue>(ref result));
        return result.Tag == NativeTag.TensorList
            ? TakeList(result)
            : throw Unexpected("no list of tensors", new Span<NativeValue>(ref result));
    }

    private static Tensor[] TakeList(in NativeValue result)
    {
        var tensors = new Tensor[result.Length];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = new Tensor(((nint*)result.Pointer)[i]);
        }

        Native.Free(result.Pointer);
        return tensors;
    }

    private nint Resolve()
    {
        // Two threads may both look it up; they find the same operator.
        if (pointer == 0)
        {
            pointer = Native.OperatorFind(name, overload);
        }

        return pointer;
    }

    private void Invoke(ReadOnlySpan<Argument> arguments, Span<NativeValue> results)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, MaxArguments, nameof(arguments));
        NativeValue* values = stackalloc NativeValue[MaxArguments];
        var pins = default(PinnedArguments);
        int status;
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                values[i] = pins.Hold(arguments[i]);
            }

            fixed (NativeValue* resultPointer = results)
            {
                status = Native.OperatorCall(Resolve(), values, arguments.Length, resultPointer, results.Length, out _);
            }
        }
        finally
        {
            pins.Release(arguments);
        }

        if (status != Native.Ok)
        {
            throw Fail(status, arguments);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private TorchException Fail(int status, ReadOnlySpan<Argument> arguments)
    {
        Argument[] operands = arguments.ToArray();
        return Native.CreateException(status, text => $"{Name}({string.Join(", ", operands.Select(o => o.Describe()))}): {text}");
    }

    // The operator returned something else than the caller asked for: gives it back.
    private TorchException Unexpected(string expected, ReadOnlySpan<NativeValue> results)
    {
        var tags = new List<NativeTag>();
        foreach (NativeValue result in results)
        {
            tags.Add(result.Tag);
            if (result.Tag == NativeTag.Tensor && result.Pointer != 0)
            {
                new Tensor(result.Pointer).Dispose();
            }
            else if (result.Tag == NativeTag.TensorList)
            {
                Array.ForEach(TakeList(result), tensor => tensor.Dispose());
            }
        }

        return new TorchException($"{Name} returned {expected} but {string.Join(", ", tags)}.");
    }

    /// <summary>Keeps everything an argument list points to alive and in place for the length of one call.</summary>
    private struct PinnedArguments
    {
        private List<GCHandle>? pinned;
        private List<nint>? allocated;
        private int held;

        internal NativeValue Hold(in Argument argument)
        {
            NativeValue value = new() { Tag = argument.Tag };
            switch (argument.Tag)
            {
                case NativeTag.Tensor:
                    value.Pointer = AddReference(((Tensor)argument.Reference!).Handle);
                    break;
                case NativeTag.Generator:
                    value.Pointer = AddReference(((RandomGenerator)argument.Reference!).Handle);
                    break;
                case NativeTag.Int or NativeTag.Bool:
                    value.Integer = argument.Integer;
                    break;
                case NativeTag.Double:
                    value.Real = argument.Real;
                    break;
                case NativeTag.Device:
                    value.Integer = argument.Integer >> 32;
                    value.Length = (int)argument.Integer;
                    break;
                case NativeTag.IntList or NativeTag.DoubleList or NativeTag.BoolList:
                    value.Length = ((Array)argument.Reference!).Length;
                    value.Pointer = Pin(argument.Reference);
                    break;
                case NativeTag.String:
                    byte[] text = System.Text.Encoding.UTF8.GetBytes((string)argument.Reference!);
                    value.Length = text.Length;
                    value.Pointer = Pin(text);
                    break;
                case NativeTag.TensorList:
                    HoldList(ref value, (Tensor?[])argument.Reference!);
                    break;
            }

            held++;
            return value;
        }

        internal void Release(ReadOnlySpan<Argument> arguments)
        {
            for (int i = 0; i < held; i++)
            {
                switch (arguments[i].Reference)
                {
                    case Tensor tensor:
                        tensor.Handle.DangerousRelease();
                        break;
                    case RandomGenerator generator:
                        generator.Handle.DangerousRelease();
                        break;
                    case Tensor?[] tensors:
                        foreach (Tensor? entry in tensors)
                        {
                            entry?.Handle.DangerousRelease();
                        }

                        break;
                }
            }

            pinned?.ForEach(handle => handle.Free());
            allocated?.ForEach(memory => NativeMemory.Free((void*)memory));
        }

        private static nint AddReference(SafeHandle handle)
        {
            bool added = false;
            handle.DangerousAddRef(ref added);
            return handle.DangerousGetHandle();
        }

        private nint Pin(object array)
        {
            GCHandle handle = GCHandle.Alloc(array, GCHandleType.Pinned);
            (pinned ??= []).Add(handle);
            return handle.AddrOfPinnedObject();
        }

        private void HoldList(ref NativeValue value, Tensor?[] tensors)
        {
            var pointers = (nint*)NativeMemory.AllocZeroed((nuint)Math.Max(tensors.Length, 1), (nuint)sizeof(nint));
            (allocated ??= []).Add((nint)pointers);
            value.Length = tensors.Length;
            value.Pointer = (nint)pointers;
            for (int i = 0; i < tensors.Length; i++)
            {
                try
                {
                    pointers[i] = tensors[i] is Tensor tensor ? AddReference(tensor.Handle) : 0;
                }
                catch
                {
                    // A disposed entry: give back what this list already holds; Release does not know the list yet.
                    while (--i >= 0)
                    {
                        tensors[i]?.Handle.DangerousRelease();
                    }

                    throw;
                }
            }
        }
    }
}
