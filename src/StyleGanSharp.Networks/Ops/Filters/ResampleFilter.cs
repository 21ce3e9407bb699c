using StyleGanSharp.Networks.Ops.UpFirDn;
using StyleGanSharp.Torch;

namespace StyleGanSharp.Networks.Ops.Filters;

/// <summary>Preparation of the FIR filters that go with resampling.</summary>
public static class ResampleFilter
{
    /// <summary>
    /// One-dimensional filters of at least this many taps stay one-dimensional; shorter ones become their outer product.
    /// </summary>
    public const int SeparableTaps = 8;

    /// <summary>Prepares a filter for <see cref="UpFirDn2d"/>: normalised to sum 1, flipped and scaled as asked.</summary>
    /// <param name="taps">[T] or [Ty, Tx] float32; null: an impulse.</param>
    /// <param name="normalize">Divide by the sum.</param>
    /// <param name="flip">Reverse the order of the taps.</param>
    /// <param name="gain">Total gain; a one-dimensional filter takes its square root, being applied twice.</param>
    /// <param name="separable">Keep a one-dimensional filter so; null: by length, see <see cref="SeparableTaps"/>.</param>
    /// <returns>[T] (to be applied along both axes) or [Ty, Tx], float32.</returns>
    /// <exception cref="ArgumentException">The filter is empty or has more than two dimensions.</exception>
    public static Tensor Setup(Tensor? taps, bool normalize = true, bool flip = false, double gain = 1, bool? separable = null)
    {
        using var scope = new TensorScope();
        Tensor f = taps ?? Tensor.Ones([1]);
        if (f.Dim > 2 || f.Count == 0)
        {
            throw new ArgumentException(
                $"A filter has one or two dimensions and at least one tap, not the shape {Shape.Format(f.Shape)}.", nameof(taps));
        }

        f = f.Dim == 0 ? f.Reshape(1) : f;
        bool keep = separable ?? (f.Dim == 1 && f.Count >= SeparableTaps);
        if (f.Dim == 1 && !keep)
        {
            f = f.Unsqueeze(1) * f.Unsqueeze(0); // [T, T]
        }

        f = normalize ? f / f.Sum() : f;
        f = !flip ? f : f.Dim == 1 ? f.Flip(0) : f.Flip(0, 1);
        return scope.Keep(f * Math.Pow(gain, f.Dim / 2.0));
    }

    /// <inheritdoc cref="Setup(Tensor?, bool, bool, double, bool?)"/>
    public static Tensor Setup(ReadOnlySpan<double> taps)
    {
        var single = new float[taps.Length];
        for (int i = 0; i < taps.Length; i++)
        {
            single[i] = (float)taps[i];
        }

        using Tensor tensor = Tensor.From(single, [single.Length]);
        return Setup(tensor);
    }

    /// <summary>
    /// The one-dimensional filter whose outer product with itself is the given one: two short passes instead of one over the
    /// whole window. Null where there is none.
    /// </summary>
    /// <param name="filter">[T, T] float32 on any device.</param>
    public static Tensor? Separate(Tensor filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Dim != 2 || filter.Size(0) != filter.Size(1))
        {
            return null;
        }

        float[] f = filter.ToArray<float>();
        int n = (int)filter.Size(0);
        double total = f.Sum(x => (double)x);
        if (total <= 0)
        {
            return null;
        }

        // For f = outer(g, g): row sums are g · sum(g), and sum(f) = sum(g)².
        var taps = new float[n];
        for (int i = 0; i < n; i++)
        {
            taps[i] = (float)(f.AsSpan(i * n, n).ToArray().Sum(x => (double)x) / Math.Sqrt(total));
        }

        for (int i = 0; i < f.Length; i++)
        {
            if (Math.Abs(f[i] - (taps[i / n] * taps[i % n])) > 1e-7 * total)
            {
                return null;
            }
        }

        return Tensor.From(taps, [n]).To(filter.Device);
    }
}
