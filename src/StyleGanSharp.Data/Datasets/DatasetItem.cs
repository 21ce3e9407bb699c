namespace StyleGanSharp.Data.Datasets;

/// <summary>An image as training sees it.</summary>
/// <param name="Index">Its number in the <see cref="ImageDataset"/>.</param>
/// <param name="FlipX">Mirrored left to right.</param>
/// <param name="FlipY">Mirrored top to bottom.</param>
public readonly record struct DatasetItem(int Index, bool FlipX = false, bool FlipY = false);
