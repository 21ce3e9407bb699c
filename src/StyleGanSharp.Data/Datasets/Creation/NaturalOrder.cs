namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>
/// Orders names as people do: runs of digits by their number, so that 2 comes before 10; all else by its characters.
/// </summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }

        (int i, int j) = (0, 0);
        while (i < x.Length && j < y.Length)
        {
            int order;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                ReadOnlySpan<char> a = Digits(x, ref i), b = Digits(y, ref j);
                order = a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
            }
            else
            {
                order = x[i++] - y[j++];
            }

            if (order != 0)
            {
                return order;
            }
        }

        // 007 and 7 are one number, but two names.
        int rest = (x.Length - i) - (y.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    // Without leading zeros; a zero becomes empty.
    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }
}
