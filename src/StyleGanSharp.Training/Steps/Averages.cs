using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Autograd;
using StyleGanSharp.Torch.Modules;

namespace StyleGanSharp.Training.Steps;

/// <summary>What a phase moves before its optimizer does: the generator's running averages and that of the path length.</summary>
internal sealed class Averages : IDisposable
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

    internal void Restore()
    {
        using GradMode mode = GradMode.Off();
        foreach ((Tensor live, Tensor copy) in values)
        {
            live.CopyInPlace(copy);
        }
    }

    public void Dispose()
    {
        foreach ((_, Tensor copy) in values)
        {
            copy.Dispose();
        }
    }
}
