using System.Text.Json;

namespace StyleGanSharp.Testing;

/// <summary>Whole numbers of golden JSON files, however they are written: 10 and 10.0 are the same.</summary>
public static class JsonNumbers
{
    /// <summary>The number.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static int Int(this JsonElement element) => checked((int)element.Long());

    /// <summary>The number.</summary>
    /// <exception cref="FormatException">It is not whole.</exception>
    public static long Long(this JsonElement element)
    {
        double number = element.GetDouble();
        return number == Math.Floor(number)
            ? checked((long)number) : throw new FormatException($"{element} is not a whole number.");
    }
}
