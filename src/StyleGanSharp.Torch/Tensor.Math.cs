namespace StyleGanSharp.Torch;

/// <content>Arithmetic with broadcasting. Methods ending in <c>InPlace</c> change this tensor and return it.</content>
public sealed partial class Tensor
{
    /// <summary>Sum.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Aten.Add.Call(a, b);

    /// <summary>Sum.</summary>
    public static Tensor operator +(Tensor a, double b) => Aten.AddScalar.Call(a, b);

    /// <summary>Difference.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Aten.Sub.Call(a, b);

    /// <summary>Difference.</summary>
    public static Tensor operator -(Tensor a, double b) => Aten.AddScalar.Call(a, -b);

    /// <summary>Difference.</summary>
    public static Tensor operator -(double a, Tensor b) => Aten.RSub.Call(b, a);

    /// <summary>Negative.</summary>
    public static Tensor operator -(Tensor a) => Aten.Neg.Call(a);

    /// <summary>Element-wise product.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Aten.Mul.Call(a, b);

    /// <summary>Product.</summary>
    public static Tensor operator *(Tensor a, double b) => Aten.MulScalar.Call(a, b);

    /// <summary>Quotient.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Aten.Div.Call(a, b);

    /// <summary>Quotient.</summary>
    public static Tensor operator /(Tensor a, double b) => Aten.DivScalar.Call(a, b);

    /// <summary>Adds to this tensor.</summary>
    public Tensor AddInPlace(Tensor other)
    {
        Aten.AddInPlace.CallInPlace(this, other);
        return this;
    }

    /// <inheritdoc cref="AddInPlace(Tensor)"/>
    public Tensor AddInPlace(double other)
    {
        Aten.AddScalarInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Subtracts from this tensor.</summary>
    public Tensor SubInPlace(Tensor other)
    {
        Aten.SubInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Multiplies this tensor.</summary>
    public Tensor MulInPlace(Tensor other)
    {
        Aten.MulInPlace.CallInPlace(this, other);
        return this;
    }

    /// <inheritdoc cref="MulInPlace(Tensor)"/>
    public Tensor MulInPlace(double other)
    {
        Aten.MulScalarInPlace.CallInPlace(this, other);
        return this;
    }

    /// <summary>Sets every element.</summary>
    public Tensor FillInPlace(double value)
    {
        Aten.Fill.CallInPlace(this, value);
        return this;
    }

    /// <summary>this + a * b.</summary>
    public Tensor Addcmul(Tensor a, Tensor b) => Aten.Addcmul.Call(this, a, b);

    /// <summary>this + (end - this) * weight.</summary>
    public Tensor Lerp(Tensor end, double weight) => Aten.Lerp.Call(this, end, weight);

    /// <summary>x².</summary>
    public Tensor Square() => Aten.Square.Call(this);

    /// <summary>Square root.</summary>
    public Tensor Sqrt() => Aten.Sqrt.Call(this);

    /// <summary>1 / square root.</summary>
    public Tensor RSqrt() => Aten.RSqrt.Call(this);

    /// <summary>Magnitude.</summary>
    public Tensor Abs() => Aten.Abs.Call(this);

    /// <summary>e^x.</summary>
    public Tensor Exp() => Aten.Exp.Call(this);

    /// <summary>Natural logarithm.</summary>
    public Tensor Log() => Aten.Log.Call(this);

    /// <summary>-1, 0 or 1.</summary>
    public Tensor Sign() => Aten.Sign.Call(this);

    /// <summary>Sine.</summary>
    public Tensor Sin() => Aten.Sin.Call(this);

    /// <summary>Cosine.</summary>
    public Tensor Cos() => Aten.Cos.Call(this);

    /// <summary>Nearest whole number, halves to even.</summary>
    public Tensor Round() => Aten.Round.Call(this);

    /// <summary>Largest whole number not above.</summary>
    public Tensor Floor() => Aten.Floor.Call(this);

    /// <summary>Limited to [min, max]; null: no limit on that side. No gradient outside.</summary>
    public Tensor Clamp(double? min, double? max) => Aten.Clamp.Call(this, Optional(min), Optional(max));

    /// <inheritdoc cref="Clamp"/>
    public Tensor ClampInPlace(double? min, double? max)
    {
        Aten.ClampInPlace.CallInPlace(this, Optional(min), Optional(max));
        return this;
    }

    /// <summary>Sum of all elements, a scalar tensor; in float64 where asked.</summary>
    public Tensor Sum(DType? dtype = null) => dtype is DType type ? Aten.SumAll.Call(this, type) : Aten.SumAll.Call(this);

    /// <summary>Sums over dimensions.</summary>
    public Tensor Sum(ReadOnlySpan<long> dims, bool keepDim = false) => Aten.Sum.Call(this, dims.ToArray(), keepDim);

    /// <summary>Mean of all elements, a scalar tensor.</summary>
    public Tensor Mean() => Aten.MeanAll.Call(this);

    /// <summary>Means over dimensions.</summary>
    public Tensor Mean(ReadOnlySpan<long> dims, bool keepDim = false) => Aten.Mean.Call(this, dims.ToArray(), keepDim);

    /// <summary>Largest elements over dimensions; all of them when none is named.</summary>
    public Tensor Max(ReadOnlySpan<long> dims = default, bool keepDim = false) => Aten.AMax.Call(this, dims.ToArray(), keepDim);

    /// <summary>Smallest elements over dimensions; all of them when none is named.</summary>
    public Tensor Min(ReadOnlySpan<long> dims = default, bool keepDim = false) => Aten.AMin.Call(this, dims.ToArray(), keepDim);

    /// <summary>Whether every element is a finite number.</summary>
    public bool AllFinite()
    {
        using var scope = new TensorScope();
        return Aten.All.Call(Aten.IsFinite.Call(this)).Item() != 0;
    }

    /// <summary>Matrix product with batch broadcasting.</summary>
    public Tensor MatMul(Tensor other) => Aten.MatMul.Call(this, other);

    private static Argument Optional(double? value) => value is double number ? number : Argument.None;
}
