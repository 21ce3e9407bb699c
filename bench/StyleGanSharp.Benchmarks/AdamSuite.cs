using StyleGanSharp.Benchmarking.Operators;

namespace StyleGanSharp.Benchmarks;

/// <summary>One step of the optimizer.</summary>
public class AdamSuite : OperatorSuite
{
    protected override string Case => "adam_step";

    protected override string Step => OperatorBenchmark.Forward;
}
