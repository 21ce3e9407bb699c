namespace StyleGanSharp.Training.Options;

/// <summary>What options are checked against.</summary>
/// <param name="Width">Columns of an image.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Channels">1, 3 or 4.</param>
/// <param name="LabelSize">Length of the label vectors; 0: there are none.</param>
/// <param name="Count">Number of images; null: not known.</param>
public sealed record DatasetFacts(int Width, int Height, int Channels, int LabelSize, int? Count = null);
