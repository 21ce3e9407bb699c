using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch;

/// <content>Differentiation.</content>
public sealed partial class Tensor
{
    /// <summary>Whether gradients flow to this tensor. Can be set on leaves only.</summary>
    public bool RequiresGrad
    {
        get => Native.TensorRequiresGrad(Handle);
        set => Native.TensorSetRequiresGrad(Handle, value);
    }

    /// <summary>
    /// The gradient accumulated by <see cref="Backward"/>; null when there is none. Null and zeros are different things.
    /// </summary>
    public Tensor? Grad
    {
        get
        {
            nint pointer = Native.TensorGrad(Handle);
            return pointer == 0 ? null : new Tensor(pointer);
        }

        set => Native.TensorSetGrad(Handle, value?.Handle ?? TensorHandle.None);
    }

    /// <summary>The same elements outside the graph.</summary>
    public Tensor Detach() => Aten.Detach.Call(this);

    /// <summary>Accumulates gradients into the leaves this tensor was computed from.</summary>
    /// <param name="gradient">Gradient of the result, of this tensor's shape; null: one, for a single element.</param>
    /// <param name="retainGraph">Keep the graph for another pass.</param>
    /// <param name="createGraph">Record the pass itself, so that gradients can be differentiated.</param>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false) =>
        Native.Backward(Handle, gradient?.Handle ?? TensorHandle.None, retainGraph || createGraph, createGraph);
}
