using BenchmarkDotNet.Attributes;
using StyleGanSharp.Benchmarking.Operators;

namespace StyleGanSharp.Benchmarks;

/// <summary>An operator that has gradients.</summary>
public abstract class DifferentiatedSuite : OperatorSuite
{
    [Params(OperatorBenchmark.Forward, OperatorBenchmark.Recorded, OperatorBenchmark.Backward)]
    public string Pass { get; set; } = "";

    protected override string Step => Pass;
}
