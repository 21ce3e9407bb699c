using BenchmarkDotNet.Attributes;

namespace StyleGanSharp.Benchmarks;

/// <summary>Modulated convolution with noise, bias and activation.</summary>
public class StyleConvolutionSuite : DifferentiatedSuite
{
    [Params("style_convolution", "style_convolution_up")]
    public string Operator { get; set; } = "";

    protected override string Case => Operator;
}
