using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Generation.Models;

/// <summary>
/// The thread that a model computes on. libtorch keeps grad mode and scopes of temporaries by thread; with a thread of its own a
/// model leaks none of them to its callers, and requests from several threads are carried out one after the other, in the order
/// of arrival.
/// </summary>
internal sealed class ModelWorker : IDisposable
{
    private readonly BlockingCollection<Action> queue = [];
    private readonly Thread thread;

    internal ModelWorker()
    {
        thread = new Thread(Work) { IsBackground = true, Name = "model" };
        thread.Start();
    }

    /// <summary>Runs work on the model's thread and waits for its result.</summary>
    /// <param name="work">The work; it keeps no tensors.</param>
    /// <param name="cancel">Gives up while the work still waits in the queue; work that runs looks at it by itself.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The model is closed.</exception>
    internal T Run<T>(Func<T> work, CancellationToken cancel) => Thread.CurrentThread == thread
        ? work() // Work that asks its own model for something must not wait for itself.
        : Start(work, cancel).GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    internal Task<T> Start<T>(Func<T> work, CancellationToken cancel)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Carry()
        {
            if (cancel.IsCancellationRequested)
            {
                result.SetCanceled(cancel);
                return;
            }

            try
            {
                using var scope = new TensorScope();
                result.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                result.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                result.SetException(ExceptionDispatchInfo.Capture(e).SourceException);
            }
        }

        try
        {
            queue.Add(Carry, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(Model));
        }

        return result.Task;
    }

    /// <summary>Finishes what is in the queue and ends the thread.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        if (Thread.CurrentThread != thread)
        {
            thread.Join();
            queue.Dispose();
        }
    }

    private void Work()
    {
        foreach (Action action in queue.GetConsumingEnumerable())
        {
            action();
        }
    }
}
