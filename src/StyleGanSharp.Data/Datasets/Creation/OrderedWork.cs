using System.Runtime.ExceptionServices;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Makes things on many threads and takes them in their order on the calling one, without waiting for the slowest of a group:
/// while one is taken the next are being made. At most a few for each thread are waiting at any time.
/// </summary>
internal static class OrderedWork
{
    private const int AheadPerThread = 4;

    // After a cancellation: threads that are stuck (a dead network drive) are left behind.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="count">Things to make.</param>
    /// <param name="threads">Threads that make them.</param>
    /// <param name="make">Makes one, on any thread.</param>
    /// <param name="take">Takes the number of one and the thing, on the calling thread, from 0 up.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run<T>(int count, int threads, Func<int, T> make, Action<int, T> take, CancellationToken cancel)
    {
        var queue = new Queue<T>(count, threads * AheadPerThread, make);
        Thread[] workers =
        [
            .. Enumerable.Range(0, Math.Min(threads, count))
                .Select(i => new Thread(queue.Work) { IsBackground = true, Name = $"pictures {i}" }),
        ];
        Array.ForEach(workers, w => w.Start());
        using CancellationTokenRegistration wake = cancel.Register(queue.Wake);
        try
        {
            for (int i = 0; i < count; i++)
            {
                take(i, queue.Take(i, cancel));
            }
        }
        finally
        {
            queue.Stop();
            long end = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
            foreach (Thread worker in workers)
            {
                if (cancel.IsCancellationRequested)
                {
                    worker.Join((int)Math.Max(0, end - Environment.TickCount64));
                }
                else
                {
                    worker.Join();
                }
            }
        }
    }

    private sealed class Queue<T>(int count, int ahead, Func<int, T> make)
    {
        private readonly object access = new();
        private readonly (bool Ready, T? Value, ExceptionDispatchInfo? Failure)[] made =
            new (bool, T?, ExceptionDispatchInfo?)[ahead];

        private int claimed;
        private int taken;
        private bool stopped;

        public void Work()
        {
            while (Claim() is { } number)
            {
                T? value = default;
                ExceptionDispatchInfo? failure = null;
                try
                {
                    value = make(number);
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);   // Thrown again where the thing is taken.
                }

                lock (access)
                {
                    made[number % ahead] = (true, value, failure);
                    Monitor.PulseAll(access);
                }
            }
        }

        public T Take(int number, CancellationToken cancel)
        {
            lock (access)
            {
                while (!made[number % ahead].Ready)
                {
                    cancel.ThrowIfCancellationRequested();
                    Monitor.Wait(access);
                }

                cancel.ThrowIfCancellationRequested();
                (_, T? value, ExceptionDispatchInfo? failure) = made[number % ahead];
                made[number % ahead] = default;
                taken++;
                Monitor.PulseAll(access);
                failure?.Throw();
                return value!;
            }
        }

        public void Wake()
        {
            lock (access)
            {
                Monitor.PulseAll(access);
            }
        }

        public void Stop()
        {
            lock (access)
            {
                stopped = true;
                Monitor.PulseAll(access);
            }
        }

        private int? Claim()
        {
            lock (access)
            {
                while (!stopped && claimed < count && claimed - taken >= ahead)
                {
                    Monitor.Wait(access);
                }

                return stopped || claimed == count ? null : claimed++;
            }
        }
    }
}
