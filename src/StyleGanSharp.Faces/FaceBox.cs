namespace StyleGanSharp.Faces;

/// <summary>A point of an image, in pixels from its upper left corner.</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Downwards.</param>
public readonly record struct FacePoint(double X, double Y);

/// <summary>An upright rectangle of an image, in pixels. A detected box may reach beyond the image.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public readonly record struct FaceBox(double X, double Y, double Width, double Height)
{
    /// <summary>Right edge.</summary>
    public double Right => X + Width;

    /// <summary>Lower edge.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle.</summary>
    public FacePoint Center => new(X + (Width / 2), Y + (Height / 2));

    /// <summary>Intersection over union: 0 for boxes apart, 1 for equal ones.</summary>
    public double OverlapWith(FaceBox other)
    {
        double shared = Shared(other);
        return shared > 0 ? shared / ((Width * Height) + (other.Width * other.Height) - shared) : 0;
    }

    /// <summary>The part of the smaller of two boxes that lies in the other one, 0 to 1.</summary>
    internal double ContainmentWith(FaceBox other)
    {
        double shared = Shared(other);
        return shared > 0 ? shared / Math.Min(Width * Height, other.Width * other.Height) : 0;
    }

    private double Shared(FaceBox other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(X, other.X))
        * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y));
}
