using System.Globalization;
using StyleGanSharp.Data.Datasets.Storage;
using StyleGanSharp.Data.Datasets.TfRecords;
using StyleGanSharp.Data.Files;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Sources;

/// <summary>The full resolution of a multi-resolution data set of TFRecords; damaged records count as damaged images.</summary>
internal sealed class RecordSource : IImageSource
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
                throw new DatasetException(
                    path, $"{path} holds records, not images in folders: leave {CreationOptions.Labels} folders out.");
            }

            if (labelSource == LabelSource.Source && set.LabelPath is not null)
            {
                labels = RecordLabels.Read(set.LabelPath, full.Count, full.IsCut);
            }

            Remarks =
            [
                .. set.Incomplete() is { } sentence ? (string[])[$"Only the largest images were used: {sentence}"] : [],
                .. LabelFile.EmptyClasses(labels) is { } clause ? (string[])[$"{set.LabelPath} {clause}."] : [],
            ];
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

    public (int Width, int Height, int Channels)? Identify(int index)
    {
        if (full.EncodedIn is null)
        {
            return (full.Shape.Width, full.Shape.Height, full.Shape.Channels);
        }

        ReadBuffer buffer = buffers.Rent();
        try
        {
            ImageInfo info = ImageFile.Identify(RecordLevel.Encoded(full.Read(index, buffer)), Name(index));
            return (info.Width, info.Height, info.Channels);
        }
        catch (Exception exception) when (exception is InvalidDataException or ImageException || FileFault.IsFileFault(exception))
        {
            return null;   // Read says why.
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    public ImageBuffer Read(int index)
    {
        string name = full.Describe(index);
        ReadBuffer buffer = buffers.Rent();
        try
        {
            ReadOnlySpan<byte> content = full.Read(index, buffer);
            return full.EncodedIn is null
                ? ImageBuffer.FromPlanar(full.Shape.Width, full.Shape.Height, full.Shape.Channels, full.Pixels(content))
                : ImageFile.Decode(
                    RecordLevel.Encoded(content), new ImageReadOptions { MaxPixels = StoreSource.MaxPixels }, name);
        }
        catch (ImageException exception)
        {
            throw new DatasetException(name, exception.Message, exception);
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
