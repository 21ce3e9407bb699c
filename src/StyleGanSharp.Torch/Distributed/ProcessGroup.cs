using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Distributed;

/// <summary>
/// Processes that add up and broadcast tensors together (c10d with Gloo or NCCL). All members call the same operations in the
/// same order, with tensors of the same shapes. Waiting ends when a token says so, which a hung member does not hinder.
/// </summary>
public sealed class ProcessGroup : IDisposable
{
    // How long a cancellation can go unnoticed.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private readonly GroupHandle handle;
    private bool broken;

    /// <summary>Makes the group; blocks until all members do.</summary>
    /// <param name="store">Where they find each other; used by no other group.</param>
    /// <param name="options">Which member this is, and how it is reached.</param>
    /// <exception cref="TorchException">The backend is missing, or a member did not come in time.</exception>
    public ProcessGroup(Store store, ProcessGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Size, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(options.Rank, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Rank, options.Size, nameof(options));
        options.Backend.Require();
        Options = options;
        handle = new GroupHandle(Native.GroupCreate(
            store.Handle, (int)options.Backend, options.Rank, options.Size, options.Timeout, options.Interfaces, options.Host));
    }

    /// <summary>Which member this is.</summary>
    public ProcessGroupOptions Options { get; }

    /// <summary>Adds up a tensor over all members, in place.</summary>
    /// <param name="tensor">Contiguous, on the device of the backend, of the same shape and type everywhere.</param>
    /// <param name="cancel">Ends the waiting; the group cannot be used any more after that.</param>
    /// <exception cref="TorchException">A member is gone, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void AllReduce(Tensor tensor, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Finish(() => Native.GroupAllReduce(handle, tensor.Handle), cancel);
    }

    /// <summary>Copies a tensor of one member into those of all others.</summary>
    /// <param name="tensor">Contiguous, on the device of the backend, of the same shape and type everywhere.</param>
    /// <param name="root">Whose tensor it is.</param>
    /// <param name="cancel">Ends the waiting; the group cannot be used any more after that.</param>
    /// <exception cref="TorchException">A member is gone, or it took too long.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Broadcast(Tensor tensor, int root = 0, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Finish(() => Native.GroupBroadcast(handle, tensor.Handle, root), cancel);
    }

    /// <summary>
    /// Gives the group back. One with an operation that never ended is left to the end of the process: closing it would wait for
    /// that.
    /// </summary>
    public void Dispose()
    {
        if (broken)
        {
            handle.SetHandleAsInvalid();
        }

        handle.Dispose();
    }

    private void Finish(Func<nint> start, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        bool ended = false;
        try
        {
            using var work = new WorkHandle(start());
            while (!Native.WorkWait(work, Slice))
            {
                cancel.ThrowIfCancellationRequested();
            }

            ended = true;
        }
        finally
        {
            broken |= !ended;
        }
    }
}
