using System.Globalization;

namespace StyleGanSharp.Torch.Tests;

/// <summary>Large tensors share one range of addresses: none may ever see another's elements.</summary>
public sealed class TensorMemoryTests
{
    private const int MiB = 1 << 20;

    [Fact]
    public void Tensors_of_many_sizes_made_and_freed_in_any_order_keep_their_elements()
    {
        var random = new Random(3); // Sizes and order only.
        var live = new List<(Tensor Tensor, byte Value)>();
        for (int step = 0; step < 400; step++)
        {
            if (live.Count > 0 && random.Next(5) < 2)
            {
                int chosen = random.Next(live.Count);
                RequireFilled(live[chosen]);
                live[chosen].Tensor.Dispose();
                live.RemoveAt(chosen);
            }
            else if (live.Count < 30)
            {
                var tensor = Tensor.Empty([random.Next(MiB / 2, 6 * MiB)], DType.UInt8);
                byte value = (byte)random.Next(256);
                tensor.FillInPlace(value);
                live.Add((tensor, value));
            }
        }

        live.ForEach(RequireFilled);
        live.ForEach(entry => entry.Tensor.Dispose());
    }

    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 60; i++)
            {
                using var tensor = Tensor.Empty([(2 + ((i * 7) + thread) % 5) * MiB], DType.UInt8);
                byte value = (byte)((thread * 60) + i);
                tensor.FillInPlace(value);
                RequireFilled((tensor, value));
            }
        });
    }

    [Fact]
    public void A_freed_tensors_place_serves_the_next_one()
    {
        nint first;
        using (Tensor tensor = Tensor.Empty([8 * MiB], DType.UInt8))
        {
            first = tensor.DataPointer;
        }

        using Tensor next = Tensor.Empty([8 * MiB], DType.UInt8);
        Assert.Equal(first, next.DataPointer);
        Assert.Equal(0, next.DataPointer % 64); // vector loads
    }

    [Fact]
    public void Released_memory_goes_back_to_the_system()
    {
        Assert.SkipUnless(File.Exists("/proc/self/status"), "The system has no /proc to read resident memory from.");
        TensorMemory.Release();
        using (Tensor tensor = Tensor.Ones([256 * MiB], DType.UInt8))
        {
            RequireFilled((tensor, 1));
        }

        long kept = TensorMemory.Kept, before = ResidentBytes();
        Assert.True(kept >= 256 * MiB, $"only {kept} bytes are kept");
        TensorMemory.Release();
        long freed = before - ResidentBytes();
        Assert.True(freed > 200 * MiB, $"only {freed} bytes went back");
    }

    private static void RequireFilled((Tensor Tensor, byte Value) entry)
    {
        using var scope = new TensorScope();
        Assert.Equal(entry.Value, entry.Tensor.Min().Item());
        Assert.Equal(entry.Value, entry.Tensor.Max().Item());
    }

    private static long ResidentBytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
