using StyleGanSharp.Torch;
using StyleGanSharp.Training.Distributed;

namespace StyleGanSharp.Training.Tests.Distributed;

/// <summary>Several members of a world in one process, each on its own thread: enough where nobody dies.</summary>
internal static class Together
{
    public static WorldOptions Options(int rank, int size, int port) => new()
    {
        Rank = rank,
        Size = size,
        LocalRank = rank,
        LocalSize = size,
        Port = port,
        JoinLimit = TimeSpan.FromSeconds(60),
    };

    /// <summary>Runs members that agree; gives what each returned.</summary>
    public static T[] Run<T>(int size, Func<World, T> member)
    {
        int port = Ports.Free();
        return Threads(size, rank =>
        {
            using World world = World.Join(Options(rank, size, port), _ => { }, CancellationToken.None);
            world.Agree(new Agreement("{}", "", "Cpu", ""), Device.Cpu);
            return member(world);
        });
    }

    /// <summary>Runs something on several threads at once.</summary>
    public static T[] Threads<T>(int count, Func<int, T> body)
    {
        var results = new T[count];
        var faults = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                TorchLibrary.Threads = 1; // The setting is the thread's own.
                results[i] = body(i);
            }
            catch (Exception e)
            {
                faults[i] = e;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Exception[] all = [.. faults.OfType<Exception>()];
        return all.Length == 0 ? results : throw new AggregateException(all);
    }
}
