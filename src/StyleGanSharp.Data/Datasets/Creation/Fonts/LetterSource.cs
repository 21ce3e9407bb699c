using System.Globalization;
using StyleGanSharp.Data.Datasets.Creation.Sources;
using StyleGanSharp.Data.Images;

namespace StyleGanSharp.Data.Datasets.Creation.Fonts;

/// <summary>Rendered letters as the source of a data set.</summary>
internal sealed class LetterSource(IReadOnlyList<(FontFace Face, int Class, ImageBuffer Image)> pictures, string letters)
    : IImageSource
{
    public int Count => pictures.Count;

    public IReadOnlyList<string>? ClassNames { get; } = [.. letters.Select(c => c.ToString())];

    public string Name(int index) => $"{pictures[index].Face.Family} {letters[pictures[index].Class]}";

    public string? Label(int index) => pictures[index].Class.ToString(CultureInfo.InvariantCulture);

    public (int Width, int Height, int Channels)? Identify(int index) =>
        (pictures[index].Image.Width, pictures[index].Image.Height, 1);

    public ImageBuffer Read(int index) => pictures[index].Image;

    public void Dispose()
    {
    }
}
