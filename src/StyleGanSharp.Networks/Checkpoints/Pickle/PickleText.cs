using System.Globalization;
using System.Numerics;
using System.Text;

namespace StyleGanSharp.Networks.Checkpoints.Pickle;

/// <summary>Text forms of values: strict UTF-8, the escapes of protocol 0, numbers in digits, and names in messages.</summary>
internal static class PickleText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A name from the file made fit for an error message: short and without control characters.</summary>
    public static string Show(string name)
    {
        string shown = name.Length > 80 ? name[..80] + "..." : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }

    /// <summary>The Python name of a value's type, for error messages; never looks inside the value.</summary>
    public static string KindOf(object? value) => value switch
    {
        null => "None",
        string => "text",
        bool => "boolean",
        long or BigInteger => "whole number",
        double => "real number",
        PickleBytes => "byte string",
        PickleTuple => "tuple",
        PickleList => "list",
        PickleDictionary => "dictionary",
        PickleSet => "set",
        PickleGlobal { IsForeign: true } type => $"class or function {Show(type.FullName)}",
        PickleGlobal => "class or function",
        PickleRecord record => $"{Show(record.Type.FullName)} object",
        _ => $"{value.GetType().Name}",
    };

    /// <summary>Python's text encoding "surrogatepass" is not needed by any snapshot: lone surrogates are refused.</summary>
    public static string Utf8(ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new PickleException("A text is not valid UTF-8", offset, error);
        }
    }

    /// <summary>
    /// A Python 2 string: text if it is short ASCII, otherwise bytes (array data). Whoever reads array data accepts both.
    /// </summary>
    public static object EightBit(ReadOnlyMemory<byte> bytes, long offset) =>
        bytes.Length <= 4096 && Ascii.IsValid(bytes.Span) ? Encoding.ASCII.GetString(bytes.Span) : new PickleBytes(bytes, offset);

    /// <summary>The quoted form of protocol 0 strings, with Python's backslash escapes.</summary>
    public static byte[] Quoted(ReadOnlySpan<byte> line, long offset)
    {
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0])
        {
            throw new PickleException("A string is not quoted", offset);
        }

        line = line[1..^1];
        List<byte> result = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\')
            {
                result.Add(line[i]);
                continue;
            }

            byte kind = ++i < line.Length ? line[i] : throw new PickleException("A string ends inside an escape", offset);
            int simple = "\\'\"abfnrtv".IndexOf((char)kind, StringComparison.Ordinal);
            if (simple >= 0)
            {
                result.Add((byte)"\\'\"\a\b\f\n\r\t\v"[simple]);
            }
            else if (kind == 'x')
            {
                result.Add((byte)Hex(line, i + 1, 2, offset));
                i += 2;
            }
            else
            {
                throw new PickleException("A string holds an unknown escape", offset);
            }
        }

        return [.. result];
    }

    /// <summary>The text form of protocol 0: Latin-1 with \uXXXX and \UXXXXXXXX.</summary>
    public static string RawUnicode(ReadOnlySpan<byte> line, long offset)
    {
        StringBuilder result = new(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            byte kind = line[i] == '\\' && i + 1 < line.Length ? line[i + 1] : (byte)0;
            int digits = kind switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
            if (digits == 0)
            {
                result.Append((char)line[i]);
                continue;
            }

            uint code = Hex(line, i + 2, digits, offset);
            if (!Rune.TryCreate(code, out Rune rune))
            {
                throw new PickleException("A text holds a code that is not a character", offset);
            }

            result.Append(rune.ToString());
            i += 1 + digits;
        }

        return result.ToString();
    }

    /// <summary>INT: a whole number, or the booleans "00" and "01" of protocol 0.</summary>
    public static object Int(ReadOnlySpan<byte> line, long offset)
    {
        return line.SequenceEqual("00"u8) ? false : line.SequenceEqual("01"u8) ? true : Long(line, offset);
    }

    /// <summary>A whole number in digits, with or without the trailing L of Python 2.</summary>
    public static object Long(ReadOnlySpan<byte> line, long offset)
    {
        string text = Encoding.Latin1.GetString(line).TrimEnd('L');
        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
            ? Shrink(value)
            : throw new PickleException("A whole number cannot be read", offset);
    }

    /// <summary>FLOAT: a real number in digits.</summary>
    public static double Double(ReadOnlySpan<byte> line, long offset)
    {
        string text = Encoding.Latin1.GetString(line);
        return text switch
        {
            "nan" or "-nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
            _ => throw new PickleException("A real number cannot be read", offset),
        };
    }

    /// <summary>A whole number as long where it fits, else as BigInteger.</summary>
    public static object Shrink(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    private static uint Hex(ReadOnlySpan<byte> line, int start, int digits, long offset)
    {
        ReadOnlySpan<byte> code = start + digits <= line.Length ? line.Slice(start, digits) : default;
        if (!uint.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value))
        {
            throw new PickleException("An escape in a text is damaged", offset);
        }

        return value;
    }
}
