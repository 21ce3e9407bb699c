using System.Globalization;

namespace StyleGanSharp.Data.Numpy;

/// <summary>
/// Reads the one Python literal that a .npy header may be: a dictionary with the keys descr (text), fortran_order (True or
/// False) and
/// shape (a tuple of integers), each once, in any order. Everything else is refused; nothing is evaluated.
/// Source: NumPy enhancement proposal 1, "A Simple File Format for NumPy Arrays", with versions 2.0 and 3.0 of numpy.lib.format.
/// </summary>
internal ref struct NpyHeaderParser
{
    // NumPy's own limit on dimensions.
    private const int MaxRank = 64;

    private readonly ReadOnlySpan<char> text;
    private readonly string name;
    private int position;

    private NpyHeaderParser(ReadOnlySpan<char> text, string name)
    {
        this.text = text;
        this.name = name;
    }

    public static NumpyHeader Parse(ReadOnlySpan<char> text, string name) => new NpyHeaderParser(text, name).ParseHeader();

    private NumpyHeader ParseHeader()
    {
        string? descr = null;
        bool? fortran = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            string key = ReadText();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = ReadDescr();
                    break;
                case "fortran_order" when fortran is null:
                    fortran = ReadBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Malformed($"the key '{Short(key)}' is unknown or repeated");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (position != text.Length)
        {
            throw Malformed("there is text after the dictionary");
        }

        if (descr is null || fortran is null || shape is null)
        {
            throw Malformed("descr, fortran_order or shape is missing");
        }

        (NumpyType type, bool bigEndian) = ParseType(descr);
        return new NumpyHeader(type, shape, bigEndian, fortran.Value, DataLength(type, shape));
    }

    private string ReadDescr()
    {
        SkipSpace();
        return position < text.Length && text[position] is '[' or '('
            ? throw new NumpyFileException(name, $"{name} holds records with several fields, which are not supported.")
            : ReadText();
    }

    private readonly (NumpyType Type, bool BigEndian) ParseType(string descr)
    {
        if (descr.Contains('O', StringComparison.Ordinal))
        {
            throw new NumpyFileException(name, $"{name} holds Python objects, which are never loaded.");
        }

        // '=' is the writer's machine order; every machine of today is little-endian.
        bool hasOrder = descr.Length > 0 && descr[0] is '<' or '>' or '|' or '=';
        NumpyType type = NumpyTypes.FromCode(hasOrder ? descr[1..] : descr) ?? throw new NumpyFileException(
            name, $"{name} has elements of type '{Short(descr)}', which is not supported.");
        if (descr[0] == '|' && NumpyTypes.Size(type) > 1)
        {
            throw Malformed($"the type '{descr}' has no byte order");
        }

        return (type, descr[0] == '>');
    }

    private readonly long DataLength(NumpyType type, long[] shape)
    {
        try
        {
            // The largest product comes first, so that a size of zero cannot hide an overflow.
            long count = 1;
            foreach (long size in shape)
            {
                count = checked(count * Math.Max(size, 1));
            }

            long bytes = checked(count * NumpyTypes.Size(type));
            return shape.Contains(0) ? 0 : bytes;
        }
        catch (OverflowException exception)
        {
            throw new NumpyFileException(name, $"{name} declares an impossible shape {NumpyArray.Describe(shape)}.", exception);
        }
    }

    private long[] ReadShape()
    {
        var sizes = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            sizes.Add(ReadInteger());
            if (sizes.Count > MaxRank)
            {
                throw Malformed($"it has more than {MaxRank} dimensions");
            }

            if (!TryTake(','))
            {
                Expect(')');

                // In Python (3) is a number and (3,) a tuple.
                return sizes.Count == 1 ? throw Malformed("the shape is not a tuple") : [.. sizes];
            }
        }

        return [.. sizes];
    }

    private long ReadInteger()
    {
        SkipSpace();
        int start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        return long.TryParse(text[start..position], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Malformed("a size in the shape is not a number from 0 to 2^63 - 1");
    }

    private bool ReadBoolean()
    {
        SkipSpace();
        foreach ((string word, bool value) in (ReadOnlySpan<(string, bool)>)[("True", true), ("False", false)])
        {
            if (text[position..].StartsWith(word, StringComparison.Ordinal))
            {
                position += word.Length;
                return value;
            }
        }

        throw Malformed("fortran_order is neither True nor False");
    }

    private string ReadText()
    {
        SkipSpace();
        if (position < text.Length && text[position] is '\'' or '"')
        {
            char quote = text[position];
            int length = text[(position + 1)..].IndexOf(quote);
            if (length >= 0)
            {
                ReadOnlySpan<char> content = text.Slice(position + 1, length);
                if (!content.Contains('\\'))
                {
                    position += length + 2;
                    return content.ToString();
                }
            }
        }

        throw Malformed("a quoted text was expected");
    }

    private void Expect(char expected)
    {
        if (!TryTake(expected))
        {
            throw Malformed($"'{expected}' was expected");
        }
    }

    private bool TryTake(char expected)
    {
        SkipSpace();
        if (position >= text.Length || text[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is ' ' or '\n' or '\t' or '\r')
        {
            position++;
        }
    }

    private readonly NumpyFileException Malformed(string what) =>
        new(name, $"{name} has a malformed NumPy header: {what} (at character {position}).");

    private static string Short(string value) => value.Length <= 40 ? value : value[..40] + "...";
}
