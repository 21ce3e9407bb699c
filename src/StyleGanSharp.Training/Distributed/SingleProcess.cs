using StyleGanSharp.Torch;
using StyleGanSharp.Training.Steps;

namespace StyleGanSharp.Training.Distributed;

/// <summary>A process alone: nothing is reduced.</summary>
public sealed class SingleProcess : IReducer, IDisposable
{
    private SingleProcess()
    {
    }

    /// <summary>The only one.</summary>
    public static SingleProcess Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public int LocalSize => 1;

    /// <inheritdoc/>
    public Tensor?[]? Average(IReadOnlyList<Tensor> parameters, Tensor?[]? gradients, Averages averages) => gradients;

    /// <inheritdoc/>
    public double[] Sum(params ReadOnlySpan<double> values) => values.ToArray();

    /// <inheritdoc/>
    public void Broadcast(IEnumerable<Tensor> tensors)
    {
    }

    /// <inheritdoc/>
    public string Broadcast(string name, Func<string> text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text();
    }

    /// <inheritdoc/>
    public IDisposable Pause() => this;

    /// <summary>Nothing is held.</summary>
    public void Dispose()
    {
    }
}
