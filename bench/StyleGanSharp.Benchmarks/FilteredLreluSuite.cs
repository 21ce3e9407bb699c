using BenchmarkDotNet.Attributes;

namespace StyleGanSharp.Benchmarks;

/// <summary>The alias-free nonlinearity.</summary>
public class FilteredLreluSuite : DifferentiatedSuite
{
    [Params("filtered_lrelu", "filtered_lrelu_radial")]
    public string Operator { get; set; } = "";

    protected override string Case => Operator;
}
