namespace StyleGanSharp.Data.Datasets.Storage;

/// <summary>Buffers for as many threads as read at the same time.</summary>
internal sealed class ReadBufferPool
{
    private readonly Lock access = new();
    private readonly Stack<ReadBuffer> free = new();

    public ReadBuffer Rent()
    {
        lock (access)
        {
            return free.TryPop(out ReadBuffer? buffer) ? buffer : new ReadBuffer();
        }
    }

    public void Return(ReadBuffer buffer)
    {
        lock (access)
        {
            free.Push(buffer);
        }
    }
}
