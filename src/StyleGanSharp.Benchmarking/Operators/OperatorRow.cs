namespace StyleGanSharp.Benchmarking.Operators;

/// <summary>One measured operator.</summary>
/// <param name="Name">Of the operator.</param>
/// <param name="Shape">What it was applied to.</param>
/// <param name="Pass">
/// <c>forward</c> (nothing recorded), <c>recorded</c> (forward as training runs it) or <c>backward</c> (all its gradients).
/// </param>
/// <param name="Seconds">Fastest run.</param>
/// <param name="ReferenceSeconds">The same of its reference; null: only one of the two was measured.</param>
internal sealed record OperatorRow(string Name, string Shape, string Pass, double Seconds, double? ReferenceSeconds)
{
    /// <summary>How many times as fast as the reference.</summary>
    public double? Ratio => ReferenceSeconds is double reference ? Math.Round(reference / Seconds, 2) : null;
}
