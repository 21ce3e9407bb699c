namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>What a data set is written as.</summary>
public enum DatasetFormat
{
    /// <summary>A zip archive of uncompressed PNG files, which is read fastest.</summary>
    Zip,

    /// <summary>A folder of compressed PNG files.</summary>
    Folder,

    /// <summary>A folder of TFRecord files, one for every resolution from 4x4 up, for older tools.</summary>
    TfRecords,
}
