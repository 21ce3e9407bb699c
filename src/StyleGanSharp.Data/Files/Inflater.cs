using System.Buffers.Binary;

namespace StyleGanSharp.Data.Files;

/// <summary>
/// Inflates a deflate stream (RFC 1951) from memory to memory. The platform's streams cost a native state and several objects per
/// file, which is more than a small picture itself; this one is kept and reused. Not thread-safe.
/// </summary>
internal sealed class Inflater
{
    private static readonly ushort[] LengthBase =
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static readonly byte[] LengthExtra =
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static readonly ushort[] DistanceBase =
        [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193,
         12289, 16385, 24577];

    private static readonly byte[] DistanceExtra =
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    private static readonly byte[] LengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly HuffmanTable literals = new();
    private readonly HuffmanTable distances = new();
    private readonly byte[] lengths = new byte[320];

    /// <summary>Inflates until the stream ends, the output is full, or something is wrong.</summary>
    /// <param name="input">The stream, without any container's header.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="written">How many bytes are valid.</param>
    /// <returns>How it ended.</returns>
    public InflateStatus Inflate(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        var bits = new BitReader(input);
        int at = 0;
        InflateStatus status = InflateStatus.Done;
        for (bool last = false; !last && status == InflateStatus.Done;)
        {
            last = bits.Take(1) == 1;
            status = bits.Take(2) switch
            {
                0 => Stored(ref bits, output, ref at),
                1 => UseFixedCodes() ? Coded(ref bits, output, ref at) : InflateStatus.Damaged,
                2 => ReadCodes(ref bits) ? Coded(ref bits, output, ref at) : InflateStatus.Damaged,
                _ => InflateStatus.Damaged,
            };
            if (bits.Overrun)
            {
                status = InflateStatus.InputEnded;
            }
        }

        written = at;
        return status;
    }

    private static InflateStatus Stored(ref BitReader bits, Span<byte> output, ref int at)
    {
        bits.ToByte();
        uint length = bits.Take(16);
        if (bits.Take(16) != (length ^ 0xFFFF))
        {
            return bits.Overrun ? InflateStatus.InputEnded : InflateStatus.Damaged;
        }

        int wanted = (int)length;
        int count = Math.Min(wanted, Math.Min(bits.BytesLeft, output.Length - at));
        bits.CopyTo(output.Slice(at, count));
        at += count;
        return count == wanted ? InflateStatus.Done
            : at == output.Length ? InflateStatus.OutputFull
            : InflateStatus.InputEnded;
    }

    private InflateStatus Coded(ref BitReader bits, Span<byte> output, ref int at)
    {
        while (true)
        {
            int symbol = literals.Decode(ref bits);
            if (symbol < 256)
            {
                if (symbol < 0 || bits.Overrun)
                {
                    return bits.Overrun ? InflateStatus.InputEnded : InflateStatus.Damaged;
                }

                if (at == output.Length)
                {
                    return InflateStatus.OutputFull;
                }

                output[at++] = (byte)symbol;
                continue;
            }

            if (symbol == 256)
            {
                return InflateStatus.Done;
            }

            symbol -= 257;
            if (symbol >= LengthBase.Length)
            {
                return InflateStatus.Damaged;
            }

            int length = LengthBase[symbol] + (int)bits.Take(LengthExtra[symbol]);
            int code = distances.Decode(ref bits);
            if ((uint)code >= DistanceBase.Length)
            {
                return bits.Overrun ? InflateStatus.InputEnded : InflateStatus.Damaged;
            }

            int distance = DistanceBase[code] + (int)bits.Take(DistanceExtra[code]);
            if (bits.Overrun)
            {
                return InflateStatus.InputEnded;
            }

            if (distance > at)
            {
                return InflateStatus.Damaged;
            }

            int count = Math.Min(length, output.Length - at);
            Repeat(output, at, distance, count);
            at += count;
            if (count < length)
            {
                return InflateStatus.OutputFull;
            }
        }
    }

    private static void Repeat(Span<byte> output, int at, int distance, int count)
    {
        if (distance >= count)
        {
            output.Slice(at - distance, count).CopyTo(output[at..]);
            return;
        }

        if (distance == 1)
        {
            output.Slice(at, count).Fill(output[at - 1]);
            return;
        }

        // The source overlaps what is being written, on purpose: a short pattern repeats.
        for (int i = at; i < at + count; i++)
        {
            output[i] = output[i - distance];
        }
    }

    private bool UseFixedCodes()
    {
        lengths.AsSpan(0, 144).Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        lengths.AsSpan(280, 8).Fill(8);
        lengths.AsSpan(288, 30).Fill(5);
        return literals.Build(lengths.AsSpan(0, 288)) && distances.Build(lengths.AsSpan(288, 30));
    }

    private bool ReadCodes(ref BitReader bits)
    {
        int literalCount = (int)bits.Take(5) + 257;
        int distanceCount = (int)bits.Take(5) + 1;
        int orderCount = (int)bits.Take(4) + 4;
        if (literalCount > 286 || distanceCount > 30)
        {
            return false;
        }

        Span<byte> codeLengths = stackalloc byte[19];
        codeLengths.Clear();
        for (int i = 0; i < orderCount; i++)
        {
            codeLengths[LengthOrder[i]] = (byte)bits.Take(3);
        }

        // The literal table is free until the lengths are known.
        if (!literals.Build(codeLengths))
        {
            return false;
        }

        int total = literalCount + distanceCount;
        for (int i = 0; i < total;)
        {
            int symbol = literals.Decode(ref bits);
            if (symbol < 0 || bits.Overrun)
            {
                return false;
            }

            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && i == 0)
            {
                return false;
            }

            byte value = symbol == 16 ? lengths[i - 1] : (byte)0;
            int repeat = symbol switch
            {
                16 => 3 + (int)bits.Take(2),
                17 => 3 + (int)bits.Take(3),
                _ => 11 + (int)bits.Take(7),
            };
            if (i + repeat > total)
            {
                return false;
            }

            lengths.AsSpan(i, repeat).Fill(value);
            i += repeat;
        }

        return lengths[256] != 0
            && literals.Build(lengths.AsSpan(0, literalCount))
            && distances.Build(lengths.AsSpan(literalCount, distanceCount));
    }

    /// <summary>Bits of a byte stream, lowest first. Past the end it gives zeros and says so.</summary>
    internal ref struct BitReader(ReadOnlySpan<byte> input)
    {
        private readonly ReadOnlySpan<byte> input = input;
        private ulong held;
        private int count;
        private int next;
        private int invented;

        /// <summary>True when bits were taken that the input does not have.</summary>
        public readonly bool Overrun => invented * 8 > count;

        /// <summary>Whole bytes after the current one.</summary>
        public readonly int BytesLeft => input.Length - next + Math.Max(0, (count / 8) - invented);

        /// <summary>The next bits, at least 15 valid ones, without taking them.</summary>
        public uint Peek()
        {
            Fill();
            return (uint)held;
        }

        public void Skip(int bits)
        {
            held >>= bits;
            count -= bits;
        }

        /// <summary>Takes up to 16 bits.</summary>
        public uint Take(int bits)
        {
            Fill();
            uint value = (uint)held & ((1u << bits) - 1);
            Skip(bits);
            return value;
        }

        /// <summary>Drops the rest of the current byte.</summary>
        public void ToByte() => Skip(count & 7);

        /// <summary>Copies whole bytes; the caller has checked <see cref="BytesLeft"/>.</summary>
        public void CopyTo(Span<byte> target)
        {
            // Held bytes go back to the input, so that the rest is one copy.
            next -= Math.Max(0, (count / 8) - invented);
            held = 0;
            count = 0;
            invented = 0;
            input.Slice(next, target.Length).CopyTo(target);
            next += target.Length;
        }

        private void Fill()
        {
            if (count > 32)
            {
                return;
            }

            if (input.Length - next >= 4)
            {
                held |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(input[next..]) << count;
                next += 4;
                count += 32;
                return;
            }

            while (count <= 32)
            {
                if (next < input.Length)
                {
                    held |= (ulong)input[next++] << count;
                }
                else
                {
                    invented++;
                }

                count += 8;
            }
        }
    }

    /// <summary>A canonical Huffman code: short codes by one look, long ones bit by bit.</summary>
    internal sealed class HuffmanTable
    {
        private const int MaxBits = 15;
        private const int FastBits = 10;

        private readonly ushort[] fast = new ushort[1 << FastBits];   // symbol * 16 + length; 0 = longer or unused
        private readonly ushort[] counts = new ushort[MaxBits + 1];
        private readonly ushort[] symbols = new ushort[288];

        /// <summary>Builds the code from the lengths of its symbols; false when there are too many codes.</summary>
        public bool Build(ReadOnlySpan<byte> codeLengths)
        {
            Array.Clear(fast);
            Array.Clear(counts);
            foreach (byte length in codeLengths)
            {
                counts[length]++;
            }

            counts[0] = 0;
            Span<ushort> offsets = stackalloc ushort[MaxBits + 2];
            Span<int> codes = stackalloc int[MaxBits + 2];
            offsets.Clear();
            codes.Clear();
            int left = 1;
            for (int length = 1; length <= MaxBits; length++)
            {
                left = (left << 1) - counts[length];
                if (left < 0)
                {
                    return false;
                }

                offsets[length + 1] = (ushort)(offsets[length] + counts[length]);
                codes[length + 1] = (codes[length] + counts[length]) << 1;
            }

            for (int symbol = 0; symbol < codeLengths.Length; symbol++)
            {
                int length = codeLengths[symbol];
                if (length == 0)
                {
                    continue;
                }

                symbols[offsets[length]++] = (ushort)symbol;
                int code = codes[length]++;
                if (length <= FastBits)
                {
                    for (int i = Reverse(code, length); i < fast.Length; i += 1 << length)
                    {
                        fast[i] = (ushort)((symbol << 4) | length);
                    }
                }
            }

            return true;
        }

        /// <summary>The next symbol, or -1 when the bits are no code.</summary>
        public int Decode(ref BitReader bits)
        {
            uint peek = bits.Peek();
            int entry = fast[peek & ((1 << FastBits) - 1)];
            if (entry != 0)
            {
                bits.Skip(entry & 15);
                return entry >> 4;
            }

            int code = 0, first = 0, index = 0;
            for (int length = 1; length <= MaxBits; length++)
            {
                code |= (int)(peek & 1);
                peek >>= 1;
                int count = counts[length];
                if (code - count < first)
                {
                    bits.Skip(length);
                    return symbols[index + code - first];
                }

                index += count;
                first = (first + count) << 1;
                code <<= 1;
            }

            return -1;
        }

        private static int Reverse(int code, int length)
        {
            int reversed = 0;
            for (int i = 0; i < length; i++)
            {
                reversed = (reversed << 1) | ((code >> i) & 1);
            }

            return reversed;
        }
    }
}
