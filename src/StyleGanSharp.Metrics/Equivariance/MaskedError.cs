using StyleGanSharp.Torch;

namespace StyleGanSharp.Metrics.Equivariance;

/// <summary>Sums over the valid pixels of images, which add up over batches.</summary>
/// <param name="Squares">Sum of the squared differences.</param>
/// <param name="Pixels">Number of values compared.</param>
internal readonly record struct MaskedError(double Squares, double Pixels)
{
    /// <summary>Sums of two batches.</summary>
    public static MaskedError operator +(MaskedError a, MaskedError b) => new(a.Squares + b.Squares, a.Pixels + b.Pixels);

    /// <summary>Compares two batches where both are valid, in float64.</summary>
    internal static MaskedError Between(MaskedImages a, MaskedImages b)
    {
        using var scope = new TensorScope();
        Tensor mask = a.Mask * b.Mask;
        Tensor squares = (a.Pictures - b.Pictures).To(DType.Float64).Square() * mask;
        long pictures = a.Pictures.Size(0) * a.Pictures.Size(1);
        return new MaskedError(squares.Sum().Item(), mask.Sum(DType.Float64).Item() * pictures);
    }
}
