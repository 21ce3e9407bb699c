using StyleGanSharp.Faces.Networks;

namespace StyleGanSharp.Faces.Detection;

/// <summary>
/// Boxes from the raw outputs of the detector: sigmoid for centre and score, exp for the size as multiple of an anchor (Redmon
/// and Farhadi, "YOLO9000", 2016, section 2, "Direct location prediction").
/// </summary>
internal static class BoxDecoder
{
    /// <summary>All boxes with a higher score, row by row, column by column, anchor by anchor.</summary>
    /// <param name="raw">[25, cells, cells].</param>
    /// <param name="cells">Cells of a side.</param>
    /// <param name="minScore">The score.</param>
    /// <param name="toImage">Gets centre and size in parts of the input's side.</param>
    internal static List<Candidate> Decode(
        ReadOnlySpan<float> raw, int cells, double minScore, Func<FacePoint, FacePoint, FaceBox> toImage)
    {
        var found = new List<Candidate>();
        int area = cells * cells;
        for (int cell = 0; cell < area; cell++)
        {
            for (int anchor = 0; anchor < DetectorNetwork.Anchors.Length; anchor++)
            {
                int place = (anchor * DetectorNetwork.Fields * area) + cell;
                double score = Sigmoid(raw[place + (4 * area)]);
                if (!(score > minScore))
                {
                    continue;
                }

                (double anchorWidth, double anchorHeight) = DetectorNetwork.Anchors[anchor];
                var center = new FacePoint(
                    ((cell % cells) + Sigmoid(raw[place])) / cells, ((cell / cells) + Sigmoid(raw[place + area])) / cells);
                var size = new FacePoint(
                    Math.Exp(raw[place + (2 * area)]) * anchorWidth / cells, Math.Exp(
                        raw[place + (3 * area)]) * anchorHeight / cells);
                found.Add(new Candidate(toImage(center, size), score));
            }
        }

        return found;
    }

    /// <summary>The highest score of all boxes.</summary>
    internal static double HighestScore(ReadOnlySpan<float> raw, int cells)
    {
        double highest = 0;
        int area = cells * cells;
        for (int anchor = 0; anchor < DetectorNetwork.Anchors.Length; anchor++)
        {
            foreach (float score in raw.Slice(((anchor * DetectorNetwork.Fields) + 4) * area, area))
            {
                highest = Math.Max(highest, Sigmoid(score));
            }
        }

        return highest;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
