using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Networks.Checkpoints.PyTorch;

namespace StyleGanSharp.Networks.Checkpoints;

/// <summary>
/// The functions by which PyTorch rebuilds tensors and parameters; a rebuilt tensor becomes a <see cref="TensorRecord"/>.
/// Source: the argument lists that torch.Tensor.__reduce_ex__ writes.
/// </summary>
public static class TorchClasses
{
    private static readonly Dictionary<string, ElementType> Storages = new()
    {
        ["DoubleStorage"] = ElementType.Float64,
        ["FloatStorage"] = ElementType.Float32,
        ["HalfStorage"] = ElementType.Float16,
        ["BFloat16Storage"] = ElementType.BFloat16,
        ["LongStorage"] = ElementType.Int64,
        ["IntStorage"] = ElementType.Int32,
        ["ShortStorage"] = ElementType.Int16,
        ["CharStorage"] = ElementType.Int8,
        ["ByteStorage"] = ElementType.UInt8,
        ["BoolStorage"] = ElementType.Bool,
        ["UntypedStorage"] = ElementType.UInt8,
    };

    /// <summary>Adds what tensors inside a pickle need, their storages being nested in byte strings.</summary>
    /// <param name="list">The list to extend.</param>
    public static void AddTo(PickleAllowList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        AddTensorsTo(list);
        list.Allow("torch.storage", "_load_from_bytes", LoadFromBytes);
    }

    /// <summary>Adds what tensors inside a torch container need, their storages being persistent ids.</summary>
    internal static void AddTensorsTo(PickleAllowList list)
    {
        list.Allow("torch._utils", "_rebuild_tensor", call => Rebuild(call, 4, 4));
        list.Allow("torch._utils", "_rebuild_tensor_v2", call => Rebuild(call, 6, 7));
        list.Allow("torch._utils", "_rebuild_parameter", call => Parameter(call, 3));
        list.Allow("torch._utils", "_rebuild_parameter_with_state", call => Parameter(call, 4));
        list.Allow("torch", "Size", Size);
    }

    /// <summary>Adds the names of the storage classes, which appear in persistent ids.</summary>
    internal static void AddStoragesTo(PickleAllowList list)
    {
        foreach (string name in Storages.Keys)
        {
            list.AllowMention("torch", name);
        }

        list.AllowMention("torch.storage", "UntypedStorage");
    }

    /// <summary>The number format behind a storage class.</summary>
    internal static bool TryGetElement(PickleGlobal type, out ElementType element) =>
        Storages.TryGetValue(type.Name, out element);

    private static TorchStorage LoadFromBytes(PickleCall call)
    {
        call.RequireCount(1, 1);
        PickleBytes bytes = call.Argument<PickleBytes>(0, "stream");
        PickleInput input = new(bytes.Memory, bytes.Offset);
        object? loaded = TorchStream.Read(input, TorchStream.StoragesOnly, call.Context.Budget);
        return loaded as TorchStorage ?? throw call.Error($"A storage stream holds a {PickleText.KindOf(loaded)}");
    }

    /// <summary>(storage, offset, sizes, strides[, requires_grad, hooks[, metadata]]); hooks are ignored.</summary>
    private static TensorRecord Rebuild(PickleCall call, int least, int most)
    {
        call.RequireCount(least, most);
        return TensorRecord.Create(
            call,
            call.Argument<TorchStorage>(0, "storage"),
            call.Argument<long>(1, "offset"),
            call.Argument<PickleTuple>(2, "sizes"),
            call.Argument<PickleTuple>(3, "strides"),
            least > 4 && call.Argument<bool>(4, "requires_grad"));
    }

    /// <summary>(tensor, requires_grad, hooks[, state])</summary>
    private static TensorRecord Parameter(PickleCall call, int count)
    {
        call.RequireCount(count, count);
        return call.Argument<TensorRecord>(0, "tensor").AsParameter(call.Argument<bool>(1, "requires_grad"));
    }

    private static PickleTuple Size(PickleCall call)
    {
        call.RequireCount(1, 1);
        return call.Argument<PickleTuple>(0, "sizes");
    }
}
