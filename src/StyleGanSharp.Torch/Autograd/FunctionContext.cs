using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Autograd;

/// <summary>What a custom autograd function carries from its forward to its backward pass.</summary>
/// <param name="pointer">The native context, valid during one callback.</param>
public readonly ref struct FunctionContext(nint pointer)
{
    /// <summary>
    /// Keeps tensors for the backward pass; forward only, once. Only inputs and outputs keep their place in the graph.
    /// </summary>
    public void Save(params ReadOnlySpan<Tensor?> tensors)
    {
        using var handles = new HandleArray(tensors);
        Native.FunctionSave(pointer, handles);
    }

    /// <summary>
    /// Whether this pass wants the gradient of an input; backward only. A gradient that nobody wants need not be computed.
    /// </summary>
    /// <param name="input">Counted from 0, as given to the function.</param>
    public bool Needs(int input) => Native.FunctionNeeds(pointer, input);

    /// <summary>The kept tensors, in order; backward only.</summary>
    /// <param name="count">How many were kept.</param>
    /// <exception cref="TorchException">The graph was already freed by an earlier pass, or the count differs.</exception>
    public Tensor?[] Saved(int count)
    {
        var pointers = new nint[count];
        Native.FunctionSaved(pointer, pointers);
        return Array.ConvertAll(pointers, saved => saved == 0 ? null : new Tensor(saved));
    }
}
