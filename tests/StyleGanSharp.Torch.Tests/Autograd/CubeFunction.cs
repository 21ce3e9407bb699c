using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Torch.Tests.Autograd;

/// <summary>y = x³·w: the forward pass in C#, the backward pass of differentiable operations.</summary>
internal sealed class CubeFunction : AutogradFunction
{
    public Action<Tensor>? OnForward { get; init; }

    public Func<Tensor, Tensor?[]>? OnBackward { get; init; }

    public bool SaveOutput { get; init; }

    internal Tensor Call(Tensor x, Tensor w) => Apply(x, w);

    protected override Tensor Forward(FunctionContext context, Tensor[] inputs)
    {
        Assert.False(GradMode.IsEnabled);
        Tensor y = inputs[0] * inputs[0] * inputs[0] * inputs[1];
        context.Save(inputs[0], inputs[1], SaveOutput ? y : null);
        OnForward?.Invoke(y);
        return y;
    }

    protected override Tensor?[] Backward(FunctionContext context, Tensor gradient)
    {
        if (OnBackward is not null)
        {
            return OnBackward(gradient);
        }

        if (context.Saved(3) is not [Tensor x, Tensor w, var y])
        {
            throw new InvalidOperationException("Saved tensors did not come back.");
        }

        Assert.Equal(SaveOutput, y is not null);
        Tensor forWeight = y is null ? x * x * x : y / w;
        return [gradient * x.Square() * w * 3, gradient * forWeight];
    }
}
