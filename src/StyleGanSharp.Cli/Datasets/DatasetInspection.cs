using System.Text.Encodings.Web;
using System.Text.Json;
using StyleGanSharp.Cli.Output;
using StyleGanSharp.Data.Datasets;
using StyleGanSharp.Generation.Text;
namespace StyleGanSharp.Cli.Datasets;

/// <summary>What a data set is.</summary>
internal static class DatasetInspection
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Default,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    internal static int Inspect(string path, bool json, CommandOutput output, CancellationToken cancel)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        SayRemarks(dataset, output);
        if (json)
        {
            output.Results.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Path = path,
                    Images = dataset.Count,
                    dataset.Width,
                    dataset.Height,
                    dataset.Channels,
                    Labels = Kind(dataset),
                    LabelSize = dataset.Labels.Size,
                    dataset.Labels.ClassNames,
                    Trainable = dataset.SizeProblem is null,
                },
                Format));
            return (int)ExitCode.Done;
        }

        output.Results.WriteLine($"pictures    {dataset.Count}");
        output.Results.WriteLine($"size        {dataset.Width}x{dataset.Height}, {CreateJob.Channels(dataset.Channels)}");
        output.Results.WriteLine($"labels      {Describe(dataset)}");
        if (dataset.SizeProblem is var (problem, advice))
        {
            output.Say($"{problem}: {OptionFlags.Command(advice)}.");
        }

        return (int)ExitCode.Done;
    }

    internal static int Labels(string path, bool json, CommandOutput output, CancellationToken cancel)
    {
        using ImageDataset dataset = ImageDataset.Open(path);
        SayRemarks(dataset, output);
        if (dataset.Labels.Kind != LabelKind.Classes)
        {
            throw new UserException($"{path} has {Describe(dataset)}, so there are no classes to list.");
        }

        var counts = new int[dataset.Labels.Size];
        for (int i = 0; i < dataset.Count; i++)
        {
            counts[dataset.Labels.Class(i)]++;
        }

        string? Name(int c) => dataset.Labels.ClassNames?[c];
        if (json)
        {
            output.Results.WriteLine(JsonSerializer.Serialize(
                new { Path = path, Classes = counts.Select((n, c) => new { Class = c, Name = Name(c), Images = n }) }, Format));
            return (int)ExitCode.Done;
        }

        for (int c = 0; c < counts.Length; c++)
        {
            output.Results.WriteLine($"{c,6} {counts[c],9}  {SafeText.Of(Name(c) ?? "")}".TrimEnd());
        }

        return (int)ExitCode.Done;
    }

    /// <summary>Says what was left out and what is odd about the labels.</summary>
    internal static void SayRemarks(ImageDataset dataset, CommandOutput output)
    {
        foreach (string remark in dataset.Remarks)
        {
            output.Say(SafeText.Of(remark));
        }
    }

    private static string Kind(ImageDataset dataset) => dataset.Labels.Kind.ToString().ToLowerInvariant();

    private static string Describe(ImageDataset dataset) => dataset.Labels.Kind switch
    {
        LabelKind.None => "no labels",
        LabelKind.Vectors => $"vectors of {dataset.Labels.Size} numbers",
        _ => $"{dataset.Labels.Size} classes{(dataset.Labels.ClassNames is null ? "" : ", with names")}",
    };
}
