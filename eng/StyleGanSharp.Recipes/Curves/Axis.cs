namespace StyleGanSharp.Recipes.Curves;

/// <summary>A range of numbers laid over a range of pixels.</summary>
/// <param name="Low">Smallest number.</param>
/// <param name="High">Largest number, above the smallest.</param>
/// <param name="Begin">Pixel of the smallest number.</param>
/// <param name="End">Pixel of the largest number.</param>
internal sealed record Axis(double Low, double High, double Begin, double End)
{
    /// <summary>An axis that holds all finite ones of some numbers.</summary>
    internal static Axis Over(IEnumerable<double> values, double begin, double end)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        (double low, double high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        return high > low ? new Axis(low, high, begin, end) : new Axis(low - 0.5, high + 0.5, begin, end);
    }

    internal double Pixel(double value) => Begin + ((value - Low) / (High - Low) * (End - Begin));

    /// <summary>Round numbers on the axis: multiples of 1, 2 or 5 times a power of ten, at most about <paramref name="most"/>.</summary>
    internal IEnumerable<double> Ticks(int most)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10((High - Low) / most)));
        double step = power * new[] { 1.0, 2, 5, 10 }.First(s => (High - Low) / (power * s) <= most);
        for (double i = Math.Ceiling(Low / step); i * step <= High; i++)
        {
            // Rounded: 3 steps of 0.1 are 0.30000000000000004. And -0 becomes 0.
            yield return Math.Round(i * step, 12) + 0.0;
        }
    }
}
