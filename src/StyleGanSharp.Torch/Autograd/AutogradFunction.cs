using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StyleGanSharp.Torch.Interop;

namespace StyleGanSharp.Torch.Autograd;

/// <summary>
/// An operation with a gradient of its own, both written in C#. The backward pass is recorded where a graph of it is asked for:
/// it can be differentiated again when it is built of differentiable operations (or of other such functions).
/// </summary>
/// <remarks>
/// An instance holds the parameters of one application (sizes, flags) and lives as long as the graph; tensors go through
/// <see cref="FunctionContext"/>. A result kept in a field would keep the graph alive that keeps the instance alive, so neither
/// would ever be freed.
/// </remarks>
public abstract unsafe class AutogradFunction
{
    /// <summary>Applies the function and places it in the graph.</summary>
    /// <param name="inputs">The tensors that gradients may flow to.</param>
    /// <exception cref="TorchException">The forward pass failed; what it threw is the inner exception. (A failed backward pass
    /// throws
    /// the same from <see cref="Tensor.Backward"/> or <see cref="Gradient"/>.)</exception>
    protected Tensor Apply(params ReadOnlySpan<Tensor> inputs)
    {
        Span<nint> outputs = [0];
        using var handles = new HandleArray(inputs!);

        // After everything that can throw: only the shim frees it, and only once it was called.
        GCHandle state = GCHandle.Alloc(this);
        Native.Check(Native.FunctionApply(&Run, &Native.ReleaseHandle, GCHandle.ToIntPtr(state), handles, outputs));
        return new Tensor(outputs[0]);
    }

    /// <summary>Computes the result. Recording is off.</summary>
    /// <param name="context">Keeps what the backward pass needs.</param>
    /// <param name="inputs">The inputs, as given to <see cref="Apply"/>.</param>
    protected abstract Tensor Forward(FunctionContext context, Tensor[] inputs);

    /// <summary>Computes the gradients of the inputs.</summary>
    /// <param name="context">Holds what the forward pass kept.</param>
    /// <param name="gradient">Gradient of the result.</param>
    /// <returns>One gradient per input; null: none flows there.</returns>
    protected abstract Tensor?[] Backward(FunctionContext context, Tensor gradient);

    [UnmanagedCallersOnly]
    private static int Run(nint state, nint context, int backward, nint* inputs, long inputCount, nint* outputs, long outputCount)
    {
        var function = Unsafe.As<AutogradFunction>(GCHandle.FromIntPtr(state).Target!);
        try
        {
            using var scope = new TensorScope();
            var given = new Tensor?[inputCount];
            for (int i = 0; i < given.Length; i++)
            {
                given[i] = inputs[i] == 0 ? null : new Tensor(inputs[i]);
            }

            if (backward == 0)
            {
                outputs[0] = Native.TensorAlias(function.Forward(new FunctionContext(context), given!).Handle);
                return Native.Ok;
            }

            // An undefined upstream gradient means zero: nothing flows on.
            if (given[0] is Tensor gradient)
            {
                function.WriteGradients(
                    function.Backward(new FunctionContext(context), gradient), new Span<nint>(outputs, (int)outputCount));
            }

            return Native.Ok;
        }
        catch (Exception e) // Nothing may cross the native frames; Apply, or what started the backward pass, throws it on.
        {
            return Native.Fail($"{function.GetType().Name}: {e.Message}", e);
        }
    }

    private void WriteGradients(Tensor?[] gradients, Span<nint> outputs)
    {
        if (gradients.Length != outputs.Length)
        {
            throw new InvalidOperationException(
                $"{GetType().Name} returned {gradients.Length} gradients for {outputs.Length} inputs.");
        }

        for (int i = 0; i < gradients.Length; i++)
        {
            outputs[i] = gradients[i] is Tensor gradient ? Native.TensorAlias(gradient.Handle) : 0;
        }
    }
}
