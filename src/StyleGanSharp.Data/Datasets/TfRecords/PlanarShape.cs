namespace StyleGanSharp.Data.Datasets.TfRecords;

/// <summary>The shape of an image whose channels lie one behind the other.</summary>
internal readonly record struct PlanarShape(int Channels, int Height, int Width)
{
    public int Bytes => Channels * Height * Width;

    public override string ToString() => $"[{Channels}, {Height}, {Width}]";
}
