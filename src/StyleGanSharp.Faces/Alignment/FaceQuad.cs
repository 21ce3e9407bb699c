namespace StyleGanSharp.Faces.Alignment;

/// <summary>
/// The square that the alignment of FFHQ cuts out of a photograph. Source: Karras et al., "Progressive Growing of GANs" (2018),
/// appendix C, with the constants of FFHQ (Karras et al. 2019, appendix A).
/// </summary>
/// <param name="Center">Its middle, in pixels of the photograph.</param>
/// <param name="Half">From the middle to the middle of the edge at the right of the upright face, in pixels.</param>
public readonly record struct FaceQuad(FacePoint Center, FacePoint Half)
{
    /// <summary>Number of landmarks that are enough: two eyes, the nose, two corners of the mouth.</summary>
    public const int FewLandmarks = 5;

    // Half a side is at least so many distances of the eyes, and of eyes and mouth; the middle lies below the eyes by a part of
    // the latter.
    private const double EyeDistances = 2.0;
    private const double MouthDistances = 1.8;
    private const double CenterShift = 0.1;

    /// <summary>Width and height in pixels of the photograph.</summary>
    public double Side => 2 * Length(Half);

    /// <summary>The corner that is the upper left one of the crop.</summary>
    public FacePoint UpperLeft => At(-1, -1);

    /// <summary>The corner that is the lower left one of the crop.</summary>
    public FacePoint LowerLeft => At(-1, 1);

    /// <summary>The corner that is the lower right one of the crop.</summary>
    public FacePoint LowerRight => At(1, 1);

    /// <summary>The corner that is the upper right one of the crop.</summary>
    public FacePoint UpperRight => At(1, -1);

    /// <summary>The corners: upper left, lower left, lower right, upper right.</summary>
    public IReadOnlyList<FacePoint> Corners => [UpperLeft, LowerLeft, LowerRight, UpperRight];

    /// <summary>
    /// The square of a face. e = right eye - left eye, m = mouth - middle of the eyes; half a side is e + (m_y, -m_x), made
    /// max(2 |e|, 1.8 |m|) long; the middle lies at that of the eyes + 0.1 m.
    /// </summary>
    /// <param name="landmarks">
    /// 68 points in the order of <see cref="Face.Landmarks"/>; or 5: the eye at the image's left, the other eye, the nose, the
    /// corner of the mouth at the image's left, the other corner. In pixels from the image's upper left corner; where the middle
    /// of the first pixel is (0, 0), as dlib has it, add 0.5 to all.
    /// </param>
    /// <exception cref="AlignmentException">
    /// There are other than 68 or 5 points, one is not finite, or eyes and mouth lie at one place.
    /// </exception>
    public static FaceQuad FromLandmarks(IReadOnlyList<FacePoint> landmarks)
    {
        ArgumentNullException.ThrowIfNull(landmarks);
        if (landmarks.Count is not (Face.LandmarkCount or FewLandmarks))
        {
            throw new AlignmentException(
                $"A face has 68 landmarks, or 5 (two eyes, nose, two corners of the mouth), not {landmarks.Count}.");
        }

        bool few = landmarks.Count == FewLandmarks;
        FacePoint left = few ? landmarks[0] : Mean(landmarks, 36, 42), right = few ? landmarks[1] : Mean(landmarks, 42, 48);
        FacePoint mouth = few ? Middle(landmarks[3], landmarks[4]) : Middle(landmarks[48], landmarks[54]);
        FacePoint eyes = Middle(left, right);
        var e = new FacePoint(right.X - left.X, right.Y - left.Y);
        var m = new FacePoint(mouth.X - eyes.X, mouth.Y - eyes.Y);
        var x = new FacePoint(e.X + m.Y, e.Y - m.X);
        double length = Length(x), half = Math.Max(EyeDistances * Length(e), MouthDistances * Length(m));
        if (!landmarks.All(p => double.IsFinite(p.X) && double.IsFinite(p.Y)) || !double.IsFinite(half / length))
        {
            throw new AlignmentException(
                "These landmarks give no direction: eyes and mouth have to be finite numbers at different places.");
        }

        return new FaceQuad(
            new FacePoint(eyes.X + (CenterShift * m.X), eyes.Y + (CenterShift * m.Y)),
            new FacePoint(x.X * (half / length), x.Y * (half / length)));
    }

    /// <summary>Where a place of the square, -1 to 1 to the right and downwards, lies in the photograph.</summary>
    internal FacePoint At(double x, double y) =>
        new(Center.X + (x * Half.X) - (y * Half.Y), Center.Y + (x * Half.Y) + (y * Half.X));

    private static FacePoint Middle(FacePoint a, FacePoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static FacePoint Mean(IReadOnlyList<FacePoint> points, int first, int end)
    {
        double x = 0, y = 0;
        for (int i = first; i < end; i++)
        {
            x += points[i].X;
            y += points[i].Y;
        }

        return new FacePoint(x / (end - first), y / (end - first));
    }

    private static double Length(FacePoint v) => double.Hypot(v.X, v.Y);
}
