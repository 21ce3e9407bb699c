using System.Numerics;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Checkpoints.PyTorch;

/// <summary>
/// PyTorch's legacy container: five pickles (magic, protocol, system, object, storage keys), then per key an element count and
/// the raw numbers. The object refers to storages by persistent ids ('storage', class, key, location, count, view).
/// </summary>
internal static class TorchStream
{
    private const long Protocol = 1001;

    private static readonly BigInteger Magic = BigInteger.Parse("119547037146038801333356");

    // How a stream begins: protocol 2 and the magic number as a ten-byte integer.
    private static readonly byte[] Beginning = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>For a stream that holds one storage, as torch.storage._load_from_bytes takes it.</summary>
    public static PickleAllowList StoragesOnly { get; } = new PickleAllowList().With(TorchClasses.AddStoragesTo);

    private static PickleAllowList Nothing { get; } = new();

    /// <summary>Whether the bytes begin like a torch stream.</summary>
    public static bool IsStream(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Beginning);

    /// <summary>Reads the object, its storages filled with slices of the input.</summary>
    public static object? Read(PickleInput input, PickleAllowList allowed, PickleBudget budget)
    {
        long start = input.Offset;
        if (Next(input, Nothing, budget) is not BigInteger magic || magic != Magic)
        {
            throw new PickleException("A torch stream does not begin with its magic number", start);
        }

        if (Next(input, Nothing, budget) is not Protocol)
        {
            throw new PickleException("A torch stream has an unknown protocol", start);
        }

        if (Next(input, Nothing, budget) is not PickleDictionary system
            || !system.TryGet("little_endian", out bool little) || !little)
        {
            throw new PickleException("A torch stream was not written on a little-endian machine", start);
        }

        Dictionary<string, TorchStorage> storages = [];
        object? result = new PickleMachine(input, allowed, budget, (id, here) => Storage(id, storages, 6, here)).Run();
        if (Next(input, Nothing, budget) is not PickleList keys || keys.Count != storages.Count)
        {
            throw new PickleException("The storage list of a torch stream does not fit its contents", start);
        }

        Fill(input, keys, storages);
        return result;
    }

    /// <summary>Finds or makes the storage of a persistent id.</summary>
    /// <param name="id">The id from the file.</param>
    /// <param name="storages">The storages so far, by key.</param>
    /// <param name="items">Number of items of the id: 6 in a stream, 5 in a zip container.</param>
    /// <param name="here">For errors.</param>
    public static TorchStorage Storage(object? id, Dictionary<string, TorchStorage> storages, int items, PickleContext here)
    {
        if (id is not PickleTuple parts || parts.Count != items
            || parts[0] is not "storage" || parts[1] is not PickleGlobal type || parts[2] is not string key
            || parts[3] is not string || parts[4] is not (long and >= 0)
            || (items > 5 && parts[5] is not null))
        {
            throw new PickleException("A torch storage is described in an unknown way", here.Offset);
        }

        if (!TorchClasses.TryGetElement(type, out ElementType element))
        {
            throw new PickleException($"A torch storage has the unknown class {type.FullName}", here.Offset);
        }

        long count = (long)parts[4]!;
        if (!storages.TryGetValue(key, out TorchStorage? storage))
        {
            storage = new TorchStorage(element, key, count);
            storages.Add(key, storage);
        }

        return storage.Element == element && storage.Count == count
            ? storage
            : throw new PickleException("A torch storage is described twice in different ways", here.Offset);
    }

    private static void Fill(PickleInput input, PickleList keys, Dictionary<string, TorchStorage> storages)
    {
        input.StartPickle();
        HashSet<string> done = [];
        foreach (object? key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out TorchStorage? storage) || !done.Add(name))
            {
                throw new PickleException("The storage list of a torch stream names an unknown storage", input.Offset);
            }

            ulong count = input.UInt64();
            if (count != (ulong)storage.Count || count > int.MaxValue)
            {
                throw new PickleException($"A torch storage of {storage.Count} elements announces {count}", input.Offset);
            }

            storage.Data = input.Take(count * (ulong)storage.Element.Size());
        }
    }

    private static object? Next(PickleInput input, PickleAllowList allowed, PickleBudget budget) =>
        new PickleMachine(input, allowed, budget, null).Run();
}
