using BenchmarkDotNet.Attributes;

namespace StyleGanSharp.Benchmarks;

/// <summary>Bias, activation, gain and clamp.</summary>
public class BiasActSuite : DifferentiatedSuite
{
    [Params("bias_act")]
    public string Operator { get; set; } = "";

    protected override string Case => Operator;
}
