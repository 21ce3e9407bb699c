using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Training.Steps;

/// <summary>What a phase moves before its optimizer does: the generator's running averages and that of the path length.</summary>
public sealed class Averages : IDisposable
{
    private readonly (Tensor Live, Tensor Copy)[] values;

    // Of the buffers only single numbers and the average of w move; noise and filters, which can be large, never do.
    internal Averages(Module generator, Tensor pathLengthMean)
    {
        using var scope = new TensorScope();
        values =
        [
            .. generator.NamedBuffers().Where(b => b.Value.Dim <= 1).Select(b => b.Value).Append(pathLengthMean)
                .Select(live => (live, live.Clone().Own())),
        ];
    }

    /// <summary>How many there are.</summary>
    public int Count => values.Length;

    /// <summary>One of them, as it is now.</summary>
    public Tensor this[int index] => values[index].Live;

    /// <summary>Whether one of them is another than it was.</summary>
    public bool HasMoved(int index)
    {
        using var scope = new TensorScope();
        return !values[index].Live.ToArray<float>().AsSpan().SequenceEqual(values[index].Copy.ToArray<float>());
    }

    /// <summary>Takes everything back.</summary>
    internal void Restore()
    {
        using GradMode mode = GradMode.Off();
        foreach ((Tensor live, Tensor copy) in values)
        {
            live.CopyInPlace(copy);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, Tensor copy) in values)
        {
            copy.Dispose();
        }
    }
}
