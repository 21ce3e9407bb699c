namespace StyleGanSharp.Faces.Detection;

/// <summary>A box that may be a face.</summary>
/// <param name="Box">Where, in the image.</param>
/// <param name="Score">How sure the detector is, 0 to 1.</param>
/// <param name="Rotation">By how many degrees the image was turned counter-clockwise.</param>
internal sealed record Candidate(FaceBox Box, double Score, double Rotation = 0)
{
    // An upright face also looks a little like a face when it is turned, above all upside down. So upright ones are preferred.
    private const double HalfTurnPenalty = 0.05;

    private double Rank => Score - (HalfTurnPenalty * Math.Abs(Rotation) / 180);

    /// <summary>
    /// Greedy suppression: takes the best, drops what overlaps it, repeats. Of equal ones the later one is the better. Falling
    /// score.
    /// </summary>
    /// <param name="candidates">In the order of the detector's outputs.</param>
    /// <param name="isSame">Whether a candidate is the face that was taken already.</param>
    internal static List<Candidate> Suppress(IReadOnlyList<Candidate> candidates, Func<Candidate, Candidate, bool> isSame)
    {
        var kept = new List<Candidate>();
        foreach ((int _, Candidate candidate) in candidates.Index().OrderByDescending(c => c.Item.Rank).ThenByDescending(
            c => c.Index))
        {
            if (!kept.Exists(k => isSame(k, candidate)))
            {
                kept.Add(candidate);
            }
        }

        return [.. kept.OrderByDescending(k => k.Score)];
    }
}
