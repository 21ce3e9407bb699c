using System.Globalization;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Datasets.TfRecords;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The full resolution of a multi-resolution data set of TFRecords; damaged records count as damaged pictures.</summary>
internal sealed class RecordSource : IPictureSource
{
    private readonly RecordSet set;
    private readonly RecordLevel full;
    private readonly ReadBufferPool buffers = new();
    private readonly DatasetLabels labels = DatasetLabels.None;

    public RecordSource(string path, LabelSource labelSource)
    {
        set = RecordSet.Open(path);
        try
        {
            full = set.Full;
            if (labelSource == LabelSource.Folders)
            {
                throw new DatasetException(path, $"{path} holds records, not pictures in folders: leave '--labels folders' out.");
            }

            if (labelSource == LabelSource.Source && set.LabelPath is not null)
            {
                labels = RecordLabels.Read(set.LabelPath, full.Count, full.IsCut);
            }

            Remarks = set.Incomplete() is { } sentence ? [$"Only the largest pictures were used: {sentence}"] : [];
        }
        catch
        {
            set.Dispose();
            throw;
        }
    }

    public int Count => full.Count;

    public IReadOnlyList<string>? ClassNames => labels.ClassNames;

    public IReadOnlyList<string> Remarks { get; }

    public string Name(int index) => $"{Path.GetFileName(full.Path)}: record {index}";

    public string? Label(int index)
    {
        if (labels.Kind == LabelKind.None)
        {
            return null;
        }

        if (labels.Kind == LabelKind.Classes)
        {
            return labels.Class(index).ToString(CultureInfo.InvariantCulture);
        }

        var row = new float[labels.Size];
        labels.CopyTo(index, row);
        return $"[{string.Join(", ", row.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]";
    }

    public (int Width, int Height, int Channels)? Identify(int index) => (full.Shape.Width, full.Shape.Height, full.Shape.Channels);

    public ImageBuffer Read(int index)
    {
        string name = full.Describe(index);
        ReadBuffer buffer = buffers.Rent();
        try
        {
            return ImageBuffer.FromPlanar(full.Shape.Width, full.Shape.Height, full.Shape.Channels, full.Pixels(full.Read(index, buffer)));
        }
        catch (InvalidDataException exception)
        {
            throw new DatasetException(name, $"{name} {exception.Message}.", exception);
        }
        catch (Exception exception) when (FileFault.IsFileFault(exception))
        {
            throw new DatasetException(name, FileFault.DescribeRead(exception, name), exception);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public void Dispose() => set.Dispose();
}
