using System.Globalization;
using StyleGanSharp.Data.Datasets;

namespace StyleGanSharp.Cli.Datasets;

/// <summary>Compares two data sets, whatever they are stored as: images by their pixels, in their order, and labels.</summary>
internal static class DatasetComparison
{
    private const int MaxListed = 16;

    internal static int Compare(string first, string second, bool ignoreLabels, CommandOutput output, CancellationToken cancel)
    {
        using ImageDataset a = ImageDataset.Open(first);
        using ImageDataset b = ImageDataset.Open(second);
        DatasetInspection.SayRemarks(a, output);
        DatasetInspection.SayRemarks(b, output);
        if (Facts(a) != Facts(b))
        {
            output.Results.WriteLine($"{first} holds {Facts(a)}, {second} {Facts(b)}.");
            return (int)ExitCode.Failed;
        }

        var different = new List<int>();
        var labelled = new List<int>();
        bool sameSize = a.Labels.Size == b.Labels.Size;
        var pixels = (new byte[a.ImageBytes], new byte[a.ImageBytes]);
        var labels = (new float[a.Labels.Size], new float[b.Labels.Size]);
        for (int i = 0; i < a.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            a.Read(i, pixels.Item1);
            b.Read(i, pixels.Item2);
            if (!pixels.Item1.AsSpan().SequenceEqual(pixels.Item2))
            {
                different.Add(i);
            }

            if (sameSize)
            {
                a.Labels.CopyTo(i, labels.Item1);
                b.Labels.CopyTo(i, labels.Item2);
                if (!labels.Item1.AsSpan().SequenceEqual(labels.Item2))
                {
                    labelled.Add(i);
                }
            }
        }

        List(output, "images", different);
        if (!ignoreLabels && !sameSize)
        {
            output.Results.WriteLine($"{first} has labels of {a.Labels.Size} numbers, {second} of {b.Labels.Size}.");
        }
        else if (!ignoreLabels)
        {
            List(output, "labels", labelled);
        }

        bool equal = different.Count == 0 && (ignoreLabels || (sameSize && labelled.Count == 0));
        if (equal)
        {
            output.Say($"{a.Count} images{(ignoreLabels ? "" : " and their labels")} are the same.");
        }

        return (int)(equal ? ExitCode.Done : ExitCode.Failed);
    }

    private static string Facts(ImageDataset dataset) => string.Create(
        CultureInfo.InvariantCulture,
        $"{dataset.Count} images of {dataset.Width}x{dataset.Height}, {CreateJob.Channels(dataset.Channels)}");

    private static void List(CommandOutput output, string what, List<int> numbers)
    {
        if (numbers.Count > 0)
        {
            string more = numbers.Count > MaxListed ? ", ..." : "";
            output.Results.WriteLine(
                $"{numbers.Count} {what} differ, of the images {string.Join(", ", numbers.Take(MaxListed))}{more}.");
        }
    }
}
