using System.Runtime.InteropServices;

namespace StyleGanSharp.Torch.Interop;

internal static unsafe partial class Native
{
    [LibraryImport(Library)]
    private static partial int sg_distributed_available(int backend, out int result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_create(string host, int port, int isServer, long timeout, out nint result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_prefix(StoreHandle store, string prefix, out nint result);

    [LibraryImport(Library, EntryPoint = "sg_store_free")]
    internal static partial void StoreFree(nint store);

    [LibraryImport(Library)]
    private static partial int sg_store_port(StoreHandle store, out int result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_set(StoreHandle store, string key, string text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_set_first(StoreHandle store, string key, string text, out nint result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_get(StoreHandle store, string key, out nint result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_check(StoreHandle store, string key, out int result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_wait(StoreHandle store, string key, long timeout);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_store_add(StoreHandle store, string key, long amount, out long result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sg_group_create(
        StoreHandle store, int backend, int rank, int size, long timeout, string? interfaces, string? host, out nint result);

    [LibraryImport(Library, EntryPoint = "sg_group_free")]
    internal static partial void GroupFree(nint group);

    [LibraryImport(Library)]
    private static partial int sg_group_all_reduce(GroupHandle group, TensorHandle tensor, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_group_broadcast(GroupHandle group, TensorHandle tensor, int root, out nint result);

    [LibraryImport(Library)]
    private static partial int sg_work_wait(WorkHandle work, long timeout, out int done);

    [LibraryImport(Library, EntryPoint = "sg_work_free")]
    internal static partial void WorkFree(nint work);

    internal static bool DistributedAvailable(int backend)
    {
        Check(sg_distributed_available(backend, out int result));
        return result != 0;
    }

    internal static nint StoreCreate(string host, int port, bool isServer, TimeSpan timeout)
    {
        Check(sg_store_create(host, port, isServer ? 1 : 0, (long)timeout.TotalMilliseconds, out nint result));
        return result;
    }

    internal static nint StorePrefix(StoreHandle store, string prefix)
    {
        Check(sg_store_prefix(store, prefix, out nint result));
        return result;
    }

    internal static int StorePort(StoreHandle store)
    {
        Check(sg_store_port(store, out int result));
        return result;
    }

    internal static void StoreSet(StoreHandle store, string key, string text) => Check(sg_store_set(store, key, text));

    internal static string StoreSetFirst(StoreHandle store, string key, string text)
    {
        Check(sg_store_set_first(store, key, text, out nint result));
        return TakeText(result);
    }

    internal static string StoreGet(StoreHandle store, string key)
    {
        Check(sg_store_get(store, key, out nint result));
        return TakeText(result);
    }

    internal static bool StoreCheck(StoreHandle store, string key)
    {
        Check(sg_store_check(store, key, out int result));
        return result != 0;
    }

    internal static void StoreWait(StoreHandle store, string key, TimeSpan timeout) =>
        Check(sg_store_wait(store, key, (long)timeout.TotalMilliseconds));

    internal static long StoreAdd(StoreHandle store, string key, long amount)
    {
        Check(sg_store_add(store, key, amount, out long result));
        return result;
    }

    internal static nint GroupCreate(
        StoreHandle store, int backend, int rank, int size, TimeSpan timeout, string? interfaces, string? host)
    {
        Check(sg_group_create(store, backend, rank, size, (long)timeout.TotalMilliseconds, interfaces, host, out nint result));
        return result;
    }

    internal static nint GroupAllReduce(GroupHandle group, TensorHandle tensor)
    {
        Check(sg_group_all_reduce(group, tensor, out nint result));
        return result;
    }

    internal static nint GroupBroadcast(GroupHandle group, TensorHandle tensor, int root)
    {
        Check(sg_group_broadcast(group, tensor, root, out nint result));
        return result;
    }

    internal static bool WorkWait(WorkHandle work, TimeSpan timeout)
    {
        Check(sg_work_wait(work, (long)timeout.TotalMilliseconds, out int done));
        return done != 0;
    }
}
