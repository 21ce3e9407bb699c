using StyleGanSharp.Torch;

namespace StyleGanSharp.Benchmarking.Operators;

/// <summary>An operator on prepared operands, in its two forms.</summary>
/// <param name="Default">As networks call it.</param>
/// <param name="Reference">
/// Its definition; the same as <paramref name="Default"/> where the library has no name for it, and the switch of
/// <c>bench operators</c> alone makes the difference.
/// </param>
/// <param name="Inputs">What it is differentiated by; empty: it has no gradient.</param>
/// <param name="Owned">What is disposed with it.</param>
internal sealed record OperatorTwins(Func<Tensor> Default, Func<Tensor> Reference, Tensor[] Inputs, params IDisposable[] Owned)
    : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(Owned, o => o.Dispose());
}
