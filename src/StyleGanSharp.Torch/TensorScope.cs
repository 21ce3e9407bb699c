namespace StyleGanSharp.Torch;

/// <summary>
/// Frees the temporaries of a computation: every tensor created on this thread while the scope is the innermost one belongs to it
/// and is disposed with it, except those handed out by <see cref="Keep(Tensor)"/>. So formulas need no <c>using</c> per line.
/// </summary>
/// <remarks>Scopes nest like the calls that open them and belong to one thread. Work that awaits must not span a scope.</remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    private readonly TensorScope? outer;
    private readonly List<Tensor> owned = [];
    private bool disposed;

    /// <summary>Opens a scope inside the current one.</summary>
    public TensorScope()
    {
        outer = current;
        current = this;
    }

    /// <summary>The innermost open scope of this thread.</summary>
    internal static TensorScope? Current => current;

    /// <summary>Moves a tensor to the enclosing scope (or to the caller where there is none) and returns it.</summary>
    public Tensor Keep(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Scope == this)
        {
            tensor.Scope = null;
            outer?.Adopt(tensor);
        }

        return tensor;
    }

    /// <summary>Moves several tensors to the enclosing scope and returns them.</summary>
    public Tensor[] Keep(Tensor[] tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        foreach (Tensor tensor in tensors)
        {
            Keep(tensor);
        }

        return tensors;
    }

    /// <summary>Disposes everything that was not kept.</summary>
    /// <exception cref="InvalidOperationException">An inner scope is still open, or another thread opened this one.</exception>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        if (current != this)
        {
            throw new InvalidOperationException("Tensor scopes must be closed innermost first, on the thread that opened them.");
        }

        disposed = true;
        current = outer;
        foreach (Tensor tensor in owned)
        {
            // Moved tensors stay in the list; their scope is another one by now.
            if (tensor.Scope == this)
            {
                tensor.Dispose();
            }
        }
    }

    /// <summary>Takes over a tensor that belongs to no scope: it is disposed with this one unless it is kept.</summary>
    public void Adopt(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.Scope = this;
        owned.Add(tensor);
    }
}
