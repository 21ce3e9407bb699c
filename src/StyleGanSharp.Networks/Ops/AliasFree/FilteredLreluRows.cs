using StyleGanSharp.Networks.Ops.Filters;
using StyleGanSharp.Networks.Ops.Products;
using StyleGanSharp.Networks.Ops.Simd;

namespace StyleGanSharp.Networks.Ops.AliasFree;

/// <summary>The work of <see cref="FilteredLreluKernel"/> on one plane. Holds what does not change from plane to plane.</summary>
internal sealed unsafe class FilteredLreluRows
{
    private readonly FilteredLreluMask use;
    private readonly PolyphaseTaps along;
    private readonly float[][] acrossTaps;
    private readonly (int Part, int Shift)[][] acrossFrom;
    private readonly float[]? halfRadial;
    private readonly int phases, parts, inLeft, inStride, phaseLength, phaseStride, rowStride, outPhases, outStride, rowsKept;

    internal FilteredLreluRows(FilteredLreluCall call, FilteredLreluMask use)
    {
        (Call, this.use) = (call, use);
        (FilteredLreluAxis x, FilteredLreluAxis y) = (call.X, call.Y);
        phases = x.Phases;
        along = PolyphaseTaps.Of(y.UpTaps, y.Up, y.Padding, call.Factor);
        var across = PolyphaseTaps.Of(x.UpTaps, x.Up, x.Padding, 1);

        // Every row is computed in whole vectors; what lies beyond its end is never stored.
        int high = ((x.OutLength - 1) * x.Down) + x.Start + x.DownLength;
        phaseLength = FilteredLreluKernel.RoundUp(
            Math.Max((high + phases - 1) / phases, (x.MaskStart / phases) + call.MaskPhase));
        phaseStride = phaseLength + FilteredLreluKernel.RoundUp(((phases + x.Start + x.DownLength) / phases) + 1);
        rowStride = phases * phaseStride;
        outPhases = phases / x.Down;
        outStride = FilteredLreluKernel.RoundUp((x.OutLength + outPhases - 1) / outPhases);

        // Where the high rate has more phases than upsampling makes, its groups step over several samples: these lie in parts.
        parts = phases / x.Up;
        acrossTaps = new float[phases][];
        acrossFrom = new (int, int)[phases][];
        for (int p = 0; p < phases; p++)
        {
            int offset = (p / x.Up) + across.Offsets[p % x.Up];
            acrossTaps[p] = across.Taps[p % x.Up];
            acrossFrom[p] = [
                .. Enumerable.Range(offset, acrossTaps[p].Length).Select(
                    k => (Modulo(k, parts), (k - Modulo(k, parts)) / parts))];
        }

        IEnumerable<int> shifts = acrossFrom.SelectMany(from => from).Select(from => from.Shift);
        inLeft = Math.Max(0, -shifts.Min());
        inStride = inLeft + FilteredLreluKernel.RoundUp(
            Math.Max((x.Length / parts) + 1, phaseLength + Math.Max(0, shifts.Max())));
        rowsKept = along.Longest + 2;
        halfRadial = call.Radial ? HalfOf(x.DownTaps, y.DownLength, x.DownLength) : null;
        int mixedRows = halfRadial is null ? 1 : y.DownLength / 2;
        WorkSize = (parts * inStride) + ((1 + rowsKept + y.DownLength + mixedRows) * rowStride) + (outPhases * outStride);
    }

    /// <summary>The call.</summary>
    internal FilteredLreluCall Call { get; }

    /// <summary>Numbers of work memory, zeros at first.</summary>
    internal int WorkSize { get; }

    /// <summary>Works on one plane.</summary>
    internal void Plane<T>(float* source, float bias, float* target, sbyte* mask, float* work)
        where T : struct, ILanes<T>
    {
        (FilteredLreluAxis across, FilteredLreluAxis y) = (Call.X, Call.Y);
        float* input = work, zeros = input + ((long)parts * inStride), wide = zeros + rowStride;
        float* high = wide + ((long)rowsKept * rowStride), output = high + ((long)y.DownLength * rowStride);
        float* mixed = output + ((long)outPhases * outStride);
        float** rows = stackalloc float*[y.DownLength + Math.Max(
            Call.Radial ? across.DownLength * y.DownLength : across.DownLength, Math.Max(along.Longest, across.UpTaps.Length))];
        int wideReady = 0, highReady = y.Start;
        for (int line = 0; line < y.OutLength; line++)
        {
            int first = (y.Down * line) + y.Start;
            for (highReady = Math.Max(highReady, first); highReady < first + y.DownLength; highReady++)
            {
                float* to = high + (highReady % y.DownLength * (long)rowStride);
                int maskRow = highReady - y.MaskStart;
                if (use == FilteredLreluMask.Read && (maskRow < 0 || maskRow >= y.MaskLength))
                {
                    new Span<float>(to, rowStride).Clear(); // beyond what the other direction ever computed
                    continue;
                }

                // Upsampled along y from rows that are upsampled along x; outside the image there is nothing.
                int phase = highReady % y.Up, from = (highReady / y.Up) + along.Offsets[phase];
                float[] taps = along.Taps[phase];
                for (wideReady = Math.Max(wideReady, from); wideReady < Math.Min(from + taps.Length, y.Length); wideReady++)
                {
                    Widen<T>(source + ((long)wideReady * across.Length), bias, input, wide + (
                        wideReady % rowsKept * (long)rowStride), rows);
                }

                for (int s = 0; s < taps.Length; s++)
                {
                    int row = from + s;
                    rows[s] = row < 0 || row >= y.Length ? zeros : wide + (row % rowsKept * (long)rowStride);
                }

                RowSums.Weighted<T>(to, rowStride, rows, taps);
                Activate<T>(to, mask + (maskRow * (long)phases * Call.MaskPhase));
            }

            Narrow<T>(high, first, mixed, output, rows);
            Store(output, target + ((long)line * across.OutLength));
        }
    }

    // One row of the image, upsampled: its phases side by side.
    private void Widen<T>(float* source, float bias, float* input, float* to, float** table)
        where T : struct, ILanes<T>
    {
        for (int part = 0; part < parts; part++)
        {
            float* own = input + ((long)part * inStride) + inLeft;
            int i = part;
            if (parts == 1)
            {
                T added = T.All(bias);
                for (; i <= Call.X.Length - T.Count; i += T.Count, own += T.Count)
                {
                    T.Store(T.Load(source + i) + added, own);
                }
            }

            for (; i < Call.X.Length; i += parts)
            {
                *own++ = source[i] + bias;
            }
        }

        for (int phase = 0; phase < phases; phase++)
        {
            (int Part, int Shift)[] from = acrossFrom[phase];
            for (int s = 0; s < from.Length; s++)
            {
                table[s] = input + ((long)from[s].Part * inStride) + inLeft + from[s].Shift;
            }

            RowSums.Weighted<T>(to + ((long)phase * phaseStride), phaseLength, table, acrossTaps[phase]);
        }
    }

    // One row of the result from as many rows at the high rate as the filter has taps.
    private void Narrow<T>(float* high, int first, float* mixed, float* output, float** table)
        where T : struct, ILanes<T>
    {
        int taps = Call.Y.DownLength, rows = 1;
        float[] weights = Call.X.DownTaps;
        for (int i = 0; i < taps; i++)
        {
            table[i] = high + ((first + i) % taps * (long)rowStride);
        }

        if (!Call.Radial)
        {
            RowSums.Weighted<T>(mixed, rowStride, table, Call.Y.DownTaps);
            table[0] = mixed;
        }
        else if (halfRadial is float[] half)
        {
            (rows, weights) = (taps / 2, half);
            for (int i = 0; i < rows; i++)
            {
                float* sum = mixed + ((long)i * rowStride);
                RowSums.Pair<T>(sum, rowStride, table[i], table[taps - 1 - i]);
                table[i] = sum;
            }
        }
        else
        {
            rows = taps;
        }

        float** shifted = table + rows;
        for (int r = 0; r < outPhases; r++)
        {
            int count = 0;
            for (int i = 0; i < rows; i++)
            {
                for (int t = 0; t < Call.X.DownLength; t++)
                {
                    int column = (Call.X.Down * r) + Call.X.Start + t;
                    shifted[count++] = table[i] + (column % phases * (long)phaseStride) + (column / phases);
                }
            }

            RowSums.Weighted<T>(output + ((long)r * outStride), outStride, shifted, weights);
        }
    }

    // The first half of a radial filter whose rows are equal from both ends, as all are that are designed here or lie in
    // snapshots: adding their samples first saves half of the work. Equal up to the rounding of the filter's own numbers. Null:
    // of another kind.
    private static float[]? HalfOf(float[] taps, int rows, int columns)
    {
        if (rows % 2 != 0)
        {
            return null;
        }

        float tolerance = 2.5e-7f * taps.Max(MathF.Abs);
        var half = new float[rows / 2 * columns];
        for (int i = 0; i < half.Length; i++)
        {
            float mirrored = taps[((rows - 1 - (i / columns)) * columns) + (i % columns)];
            if (MathF.Abs(taps[i] - mirrored) > tolerance)
            {
                return null;
            }

            half[i] = (taps[i] + mirrored) / 2;
        }

        return half;
    }

    private void Store(float* output, float* target)
    {
        if (outPhases == 1)
        {
            new Span<float>(output, Call.X.OutLength).CopyTo(new Span<float>(target, Call.X.OutLength));
            return;
        }

        for (int r = 0; r < outPhases; r++)
        {
            float* from = output + ((long)r * outStride);
            for (int i = r; i < Call.X.OutLength; i += outPhases)
            {
                target[i] = *from++;
            }
        }
    }

    private void Activate<T>(float* row, sbyte* mask)
        where T : struct, ILanes<T>
    {
        T slope = T.All(Call.Slope), limit = T.All(Call.Limit), one = T.All(1), none = T.All(-1), zero = default;
        if (use == FilteredLreluMask.None)
        {
            for (int i = 0; i < rowStride; i += T.Count)
            {
                T v = T.Load(row + i);
                T.Store(T.Clamp(T.SelectPositive(v, v, v * slope), limit), row + i);
            }

            return;
        }

        int room = Call.X.MaskStart / phases, length = Call.MaskPhase;
        for (int phase = 0; phase < phases; phase++)
        {
            float* own = row + ((long)phase * phaseStride);
            sbyte* signs = mask + ((long)phase * length);
            if (use == FilteredLreluMask.Write)
            {
                for (int i = 0; i < length; i += T.Count)
                {
                    T v = T.Load(own + i), y = T.SelectPositive(v, v, v * slope);
                    T.StoreSigns(T.SelectWithin(y, limit, T.SelectPositive(v, one, none)), signs + i);
                    T.Store(T.Clamp(y, limit), own + i);
                }

                // What lies beyond the end is not part of the signal.
                int valid = (Call.X.MaskLength - phase + phases - 1) / phases;
                new Span<sbyte>(signs + valid, length - valid).Clear();
                continue;
            }

            new Span<float>(own, room).Clear();
            for (int i = 0; i < length; i += T.Count)
            {
                T sign = T.LoadSigns(signs + i);
                T factor = T.SelectPositive(sign, one, T.SelectPositive(zero - sign, slope, zero));
                T.Store(T.Load(own + room + i) * factor, own + room + i);
            }

            new Span<float>(own + room + length, phaseStride - room - length).Clear();
        }
    }

    private static int Modulo(int a, int b) => ((a % b) + b) % b;
}
