namespace StyleGanSharp.Training.Stats;

/// <summary>How often a quantity was reported, and what it was.</summary>
/// <param name="Count">Samples.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="SumOfSquares">The sum of their squares.</param>
public readonly record struct Moments(long Count, double Sum, double SumOfSquares)
{
    /// <summary>Mean; NaN without samples.</summary>
    public double Mean => Sum / Count;

    /// <summary>Population standard deviation; NaN without samples.</summary>
    public double Deviation => Math.Sqrt(Math.Max((SumOfSquares / Count) - (Mean * Mean), 0));

    /// <summary>With one sample more.</summary>
    public Moments With(double value) => new(Count + 1, Sum + value, SumOfSquares + (value * value));
}
