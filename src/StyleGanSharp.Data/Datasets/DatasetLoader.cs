namespace StyleGanSharp.Data.Datasets;

/// <summary>
/// Decodes batches ahead of their use on threads of its own, into memory that is used again: nothing is allocated for an image.
/// Batches come in the given order and do not depend on the number of threads. An image that cannot be decoded is replaced by the
/// next one of the data set and reported once, so that hours of training do not end on it.
/// </summary>
public sealed class DatasetLoader : IDisposable
{
    // After so many damaged images in a row it is the disk or the archive that is gone.
    private const int MaxReplacements = 100;

    private readonly ImageDataset dataset;
    private readonly IEnumerator<DatasetItem> order;
    private readonly DatasetLoaderOptions options;
    private readonly int width;
    private readonly int height;
    private readonly int imageBytes;
    private readonly int chunk;
    private readonly Thread[] workers;

    // Everything below belongs to this lock; it is pulsed at every change that someone may wait for.
    private readonly object access = new();
    private readonly Queue<DatasetBatch> pending = new();   // In order: being decoded, or waiting to be taken.
    private readonly Stack<DatasetBatch> free = new();
    private readonly HashSet<int> reported = [];
    private Exception? failure;
    private bool ended;
    private bool stopped;

    /// <summary>Starts decoding.</summary>
    /// <param name="dataset">The images; stays open as long as the loader works.</param>
    /// <param name="order">
    /// What to load; may have no end. Used under a lock, by one thread at a time, and disposed in the end.
    /// </param>
    /// <param name="options">Batch size, threads, batches ahead.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is below 1, or the data set has no level of the side.</exception>
    public DatasetLoader(ImageDataset dataset, IEnumerator<DatasetItem> order, DatasetLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ReadAhead, 1, nameof(options));
        if (options.Side is { } level && !dataset.HasLevel(level))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), level, $"Pictures of {dataset.Width}x{dataset.Height} have no level of this side.");
        }

        this.dataset = dataset;
        this.order = order;
        this.options = options;
        (width, height) = (options.Side ?? dataset.Width, options.Side ?? dataset.Height);
        imageBytes = dataset.Channels * height * width;
        LabelSize = options.Labels ? dataset.Labels.Size : 0;

        // Small enough that all threads work at one batch, large enough that the lock does not matter.
        chunk = Math.Clamp(options.BatchSize / (2 * options.Workers), 1, 16);

        // One more than is read ahead: the one that the caller holds.
        for (int i = 0; i <= options.ReadAhead; i++)
        {
            free.Push(new DatasetBatch(this, options.BatchSize, imageBytes, LabelSize));
        }

        workers = new Thread[options.Workers];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work) { IsBackground = true, Name = $"dataset {i}" };
            workers[i].Start();
        }
    }

    /// <summary>Length of a label vector; 0 without labels.</summary>
    public int LabelSize { get; }

    /// <summary>Waits for the next batch. Dispose it soon: only a few exist.</summary>
    /// <returns>The batch, or null when the order has ended.</returns>
    /// <exception cref="DatasetException">Too many images in a row cannot be read.</exception>
    /// <exception cref="InvalidOperationException">All batches are held by the caller.</exception>
    public DatasetBatch? Next()
    {
        lock (access)
        {
            while (true)
            {
                ObjectDisposedException.ThrowIf(stopped, this);
                if (failure is not null)
                {
                    throw failure is DatasetException bad
                        ? new DatasetException(bad.Path, bad.Message, bad)
                        : new InvalidOperationException(failure.Message, failure);
                }

                if (pending.TryPeek(out DatasetBatch? first))
                {
                    if (first.Finished == first.Count)
                    {
                        first.IsOut = true;
                        pending.Dequeue();
                        Monitor.PulseAll(access);   // There is room to read ahead again.
                        return first;
                    }
                }
                else if (ended)
                {
                    return null;
                }
                else if (free.Count == 0)
                {
                    throw new InvalidOperationException(
                        $"All {options.ReadAhead + 1} batches are in use: dispose one before asking for another.");
                }

                Monitor.Wait(access);
            }
        }
    }

    /// <summary>Stops the threads. Batches must not be used afterwards.</summary>
    public void Dispose()
    {
        lock (access)
        {
            if (stopped)
            {
                return;
            }

            stopped = true;
            Monitor.PulseAll(access);
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        order.Dispose();
    }

    internal void Return(DatasetBatch batch)
    {
        lock (access)
        {
            if (batch.IsOut)
            {
                batch.IsOut = false;
                free.Push(batch);
                Monitor.PulseAll(access);
            }
        }
    }

    private void Work()
    {
        try
        {
            while (Claim() is var (batch, start, count))
            {
                for (int i = start; i < start + count; i++)
                {
                    Fill(batch, i);
                }

                lock (access)
                {
                    batch.Finished += count;
                    if (batch.Finished == batch.Count)
                    {
                        Monitor.PulseAll(access);
                    }
                }
            }
        }
        catch (Exception exception)
        {
            // Shown by Next, on the caller's thread.
            lock (access)
            {
                failure ??= exception;
                Monitor.PulseAll(access);
            }
        }
    }

    /// <summary>
    /// Takes a part of the first batch that has work left, or starts the next one; null when there will be none.
    /// </summary>
    private (DatasetBatch Batch, int Start, int Count)? Claim()
    {
        lock (access)
        {
            while (!stopped && failure is null)
            {
                foreach (DatasetBatch batch in pending)
                {
                    if (batch.Claimed < batch.Count)
                    {
                        int start = batch.Claimed;
                        batch.Claimed = Math.Min(batch.Count, start + chunk);
                        return (batch, start, batch.Claimed - start);
                    }
                }

                if (ended)
                {
                    return null;
                }

                if (pending.Count < options.ReadAhead && free.TryPop(out DatasetBatch? next))
                {
                    Plan(next);
                    continue;
                }

                Monitor.Wait(access);
            }

            return null;
        }
    }

    private void Plan(DatasetBatch batch)
    {
        batch.Claimed = 0;
        batch.Finished = 0;
        batch.Count = 0;
        while (batch.Count < options.BatchSize && order.MoveNext())
        {
            batch.Items[batch.Count++] = order.Current;
        }

        ended = batch.Count < options.BatchSize;
        if (batch.Count > 0)
        {
            pending.Enqueue(batch);
        }

        Monitor.PulseAll(access);
    }

    private void Fill(DatasetBatch batch, int slot)
    {
        DatasetItem item = batch.Items[slot];
        Span<byte> pixels = batch.Pixels.AsSpan(slot * imageBytes, imageBytes);
        int index = ReadOrReplace(item.Index, pixels);
        batch.Items[slot] = item with { Index = index };
        if (LabelSize > 0)
        {
            dataset.Labels.CopyTo(index, batch.Labels.AsSpan(slot * LabelSize, LabelSize));
        }

        if (item.FlipX)
        {
            for (int at = 0; at < pixels.Length; at += width)
            {
                pixels.Slice(at, width).Reverse();
            }
        }

        if (item.FlipY)
        {
            FlipRows(pixels);
        }
    }

    private int ReadOrReplace(int index, Span<byte> pixels)
    {
        for (int tried = 0; ; tried++)
        {
            try
            {
                if (options.Side is { } side)
                {
                    dataset.ReadLevel(index, side, pixels);
                }
                else
                {
                    dataset.Read(index, pixels);
                }

                return index;
            }
            catch (DatasetException exception)
            {
                if (tried + 1 >= Math.Min(dataset.Count, MaxReplacements))
                {
                    throw;
                }

                bool isNew;
                lock (access)
                {
                    isNew = reported.Add(index);
                }

                if (isNew)
                {
                    options.Report?.Invoke($"{exception.Message.TrimEnd('.')}: the next image is used in its place.");
                }

                index = (index + 1) % dataset.Count;
            }
        }
    }

    private void FlipRows(Span<byte> pixels)
    {
        int area = width * height;
        for (int plane = 0; plane < pixels.Length; plane += area)
        {
            for (int top = plane, bottom = plane + area - width; top < bottom; top += width, bottom -= width)
            {
                // Swaps two rows value by value: no memory for one of them.
                for (int x = 0; x < width; x++)
                {
                    (pixels[top + x], pixels[bottom + x]) = (pixels[bottom + x], pixels[top + x]);
                }
            }
        }
    }
}
