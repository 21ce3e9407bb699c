using BenchmarkDotNet.Attributes;

namespace StyleGanSharp.Benchmarks;

/// <summary>Resampling by a FIR filter.</summary>
public class UpFirDn2dSuite : DifferentiatedSuite
{
    [Params("upfirdn2d_up", "upfirdn2d_down")]
    public string Operator { get; set; } = "";

    protected override string Case => Operator;
}
